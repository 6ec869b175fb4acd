using MedTune.Cli.Options;

namespace MedTune.Tests.Cli;

public sealed class OptionTextTests
{
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
