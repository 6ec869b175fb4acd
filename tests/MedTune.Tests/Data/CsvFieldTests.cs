using MedTune.Data;

namespace MedTune.Tests.Data;

public sealed class CsvFieldTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("north", "north")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData(" padded", "\" padded\"")]
    [InlineData("-", "-")]
    [InlineData("+", "+")]
    [InlineData("-1", "-1")]
    [InlineData("+1.5", "+1.5")]
    [InlineData("-1,5", "\"-1,5\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("+49 89", "'+49 89")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1+1", "'＝1+1")]
    public void Of_Text_IsQuotedAndNoFormula(string text, string field) => Assert.Equal(field, CsvField.Of(text));
}
