using System.Text;
using MedTune.Data;

namespace MedTune.Tests.Data;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("63", '.', 63, "Plain")]
    [InlineData("63.0", '.', 63, "Plain")]
    [InlineData(".7", '.', 0.7, "Plain")]
    [InlineData("5.", '.', 5, "Plain")]
    [InlineData("+1.5e-3", '.', 0.0015, "Plain")]
    [InlineData("-0", '.', 0, "Plain")]
    [InlineData("−2", '.', -2, "Plain")]
    [InlineData("2.50E-01", '.', 0.25, "Plain")]
    [InlineData("1,5", ',', 1.5, "Plain")]
    [InlineData("1,5", '.', 1.5, "OtherMark")]
    [InlineData("1.5", ',', 1.5, "OtherMark")]
    [InlineData("0.500", ',', 0.5, "OtherMark")]
    [InlineData("1,234", '.', 1234, "Grouped")]
    [InlineData("1,234,567.5", '.', 1234567.5, "Grouped")]
    [InlineData("1.234,5", ',', 1234.5, "Grouped")]
    [InlineData("1.234", ',', 1234, "Grouped")]
    [InlineData("12'345", '.', 12345, "Grouped")]
    [InlineData("1.234.567", '.', 1234567, "Grouped")]
    [InlineData("1.234,5", '.', 1234.5, "OtherMark")]
    [InlineData("5.1 mg/dL", '.', 5.1, "WithUnit")]
    [InlineData("63岁", '.', 63, "WithUnit")]
    [InlineData("37.2℃", '.', 37.2, "WithUnit")]
    [InlineData("98%", '.', 98, "WithUnit")]
    [InlineData("120 mm Hg", '.', 120, "WithUnit")]
    [InlineData("4.5×10^9/L", '.', 4.5, "WithUnit")]
    [InlineData("12/min", '.', 12, "WithUnit")]
    [InlineData("4.5 10^9/L", '.', double.NaN, "")]
    [InlineData("<0.5", '.', 0.5, "BeyondLimit")]
    [InlineData(">= 90", '.', 90, "BeyondLimit")]
    [InlineData("≤1,5", ',', 1.5, "BeyondLimit")]
    [InlineData("12.05.2020", '.', double.NaN, "")]
    [InlineData("2020-05-12", '.', double.NaN, "")]
    [InlineData("120/80", '.', double.NaN, "")]
    [InlineData("NaN", '.', double.NaN, "")]
    [InlineData("-Infinity", '.', double.NaN, "")]
    [InlineData("1e999", '.', double.NaN, "")]
    [InlineData("[0-10)", '.', double.NaN, "")]
    [InlineData("V27", '.', double.NaN, "")]
    [InlineData("1=Hepatitis", '.', double.NaN, "")]
    [InlineData("<2 mo. follow-up", '.', double.NaN, "")]
    [InlineData("1-2", '.', double.NaN, "")]
    [InlineData("-", '.', double.NaN, "")]
    [InlineData(".", '.', double.NaN, "")]
    [InlineData("", '.', double.NaN, "")]
    public void TryParse_Cell_GivesValueAndForm(string text, char mark, double expected, string form)
    {
        bool isNumber = NumberText.TryParse(Encoding.UTF8.GetBytes(text), mark, out NumberText number);
        Assert.Equal(!double.IsNaN(expected), isNumber);
        if (isNumber)
        {
            Assert.Equal(expected, number.Value);
            Assert.False(double.IsNegative(number.Value) && number.Value == 0);
            Assert.Equal(form, number.Form.ToString());
        }
    }

    [Theory]
    [InlineData("2024-03-05", true)]
    [InlineData("2024/3/5", true)]
    [InlineData("05.03.2024", true)]
    [InlineData("12/31/1999 23:59", true)]
    [InlineData("5-Mar-2024", true)]
    [InlineData("2024-03-05T10:00:00Z", true)]
    [InlineData("2024年3月5日", true)]
    [InlineData("31/12/99", true)]
    [InlineData("2024-02-30", false)]
    [InlineData("13/13/2024", false)]
    [InlineData("1.2.3", false)]
    [InlineData("120/80", false)]
    [InlineData("250.83", false)]
    [InlineData("phon_R01", false)]
    [InlineData("12345678901-2-3", false)]
    public void IsDate_Cell_IsToldFromNumbersAndCodes(string text, bool expected) =>
        Assert.Equal(expected, DateText.IsDate(Encoding.UTF8.GetBytes(text)));
}
