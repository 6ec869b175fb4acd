using MedTune.Cli.Options;

namespace MedTune.Tests.Cli;

public sealed class OptionTextTests
{
    [Theory]
    [InlineData("512m", 536870912L)]
    [InlineData("4g", 4294967296L)]
    [InlineData("1.5G", 1610612736L)]
    [InlineData("800kb", 819200L)]
    [InlineData("0.001k", 1L)]
    public void Size_Text_IsRead(string text, long bytes) => Assert.Equal(bytes, SizeText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("g")]
    [InlineData("-1g")]
    [InlineData("0g")]
    [InlineData("4 g")]
    [InlineData("4gg")]
    [InlineData("1,5g")]
    [InlineData("1e3m")]
    [InlineData("12345678g")]
    public void Size_OtherText_IsNone(string text) => Assert.Null(SizeText.Parse(text));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("2h", 7200)]
    [InlineData("1h30m", 5400)]
    [InlineData("0.5s", 0.5)]
    public void Duration_Text_IsRead(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("9999999h")]
    [InlineData("30m1h")]
    public void Duration_OtherText_IsNone(string text) => Assert.Null(DurationText.Parse(text));

    [Theory]
    [InlineData(7.6, "8 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    public void Duration_Time_IsWrittenForPeople(double seconds, string text) => Assert.Equal(text, DurationText.Write(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("plain-1.csv", "plain-1.csv")]
    [InlineData("年龄", "年龄")]
    [InlineData("", "''")]
    [InlineData("num>0", "'num>0'")]
    [InlineData("a b", "'a b'")]
    [InlineData("stage in 'III','IV'", "\"stage in 'III','IV'\"")]
    [InlineData("it's $5", "'it'\\''s $5'")]
    public void Shell_Word_IsQuotedWhereNeeded(string word, string quoted) => Assert.Equal(quoted, ShellText.Quote(word));

    [Theory]
    [InlineData("patients.csv", "patients")]
    [InlineData("a/b/stays.CSV.gz", "stays")]
    [InlineData("table", "table")]
    [InlineData(".csv", ".csv")]
    public void Folder_ByDefault_IsNamedAfterTheData(string data, string name) => Assert.Equal(Path.Combine("runs", name), OutputFolder.DefaultFor(data));
}
