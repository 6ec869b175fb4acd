using MedTune.Cli.Output;

namespace MedTune.Tests.Cli;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("age", "age")]
    [InlineData("年龄 é 🫀", "年龄 é 🫀")]
    [InlineData("\u001b[31mred", "\uFFFD[31mred")]
    [InlineData("a\u009b32mb", "a\uFFFD32mb")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("\u202eevil\u2069", "\uFFFDevil\uFFFD")]
    public void Of_Text_HoldsNothingATerminalActsOn(string text, string shown) => Assert.Equal(shown, TerminalText.Of(text));

    [Fact]
    public void Escaped_Json_IsTheSameDocument() => Assert.Equal("{\n  \"a\": \"\\u202eb\"\n}", TerminalText.Escaped("{\n  \"a\": \"\u202eb\"\n}"));
}
