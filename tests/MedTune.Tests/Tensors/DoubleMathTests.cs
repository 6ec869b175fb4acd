using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

public sealed class DoubleMathTests
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new()
    {
        ["Exp"] = DoubleMath.Exp,
        ["Expm1"] = DoubleMath.Expm1,
        ["Log"] = DoubleMath.Log,
        ["Log1p"] = DoubleMath.Log1p,
        ["Log2"] = DoubleMath.Log2,
        ["Log10"] = DoubleMath.Log10,
        ["Tanh"] = DoubleMath.Tanh,
        ["Sigmoid"] = DoubleMath.Sigmoid,
        ["Softplus"] = DoubleMath.Softplus,
        ["Erf"] = DoubleMath.Erf,
        ["Erfc"] = DoubleMath.Erfc,
        ["Sin"] = DoubleMath.Sin,
        ["Cos"] = DoubleMath.Cos,
        ["Tan"] = DoubleMath.Tan,
        ["Asin"] = DoubleMath.Asin,
        ["Acos"] = DoubleMath.Acos,
        ["Atan"] = DoubleMath.Atan,
        ["Sinh"] = DoubleMath.Sinh,
        ["Cosh"] = DoubleMath.Cosh,
        ["Asinh"] = DoubleMath.Asinh,
        ["Acosh"] = DoubleMath.Acosh,
        ["Atanh"] = DoubleMath.Atanh,
        ["LogGamma"] = DoubleMath.LogGamma,
    };

    public static TheoryData<string> Names => [.. Functions.Keys, "Pow"];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyFunction_GoldenArguments_WithinOneUnitInTheLastPlace(string name)
    {
        int checkedValues = 0;
        foreach (string[] row in GoldenFile.Read("double_math.tsv").Where(row => row[0] == name))
        {
            double x = GoldenFile.Hexadecimal(row[1]);
            double expected = GoldenFile.Hexadecimal(row[3]);
            double actual = name == "Pow" ? DoubleMath.Pow(x, GoldenFile.Hexadecimal(row[2])) : Functions[name](x);
            long distance = Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual));
            Assert.True(distance <= 1, $"{name}({x:R}) = {actual:R}, expected {expected:R}: {distance} units apart.");
            checkedValues++;
        }

        Assert.True(checkedValues >= 30);
    }

    [Theory]
    [InlineData("Exp", double.NegativeInfinity, 0.0)]
    [InlineData("Exp", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Exp", 710.0, double.PositiveInfinity)]
    [InlineData("Exp", -746.0, 0.0)]
    [InlineData("Exp", 0.0, 1.0)]
    [InlineData("Expm1", double.NegativeInfinity, -1.0)]
    [InlineData("Expm1", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Expm1", -0.0, -0.0)]
    [InlineData("Expm1", 709.5, 1.3549863193146328e308)]
    [InlineData("Log", 0.0, double.NegativeInfinity)]
    [InlineData("Log", -1.0, double.NaN)]
    [InlineData("Log", 1.0, 0.0)]
    [InlineData("Log", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Log1p", -1.0, double.NegativeInfinity)]
    [InlineData("Log1p", -1.5, double.NaN)]
    [InlineData("Log1p", -0.0, -0.0)]
    [InlineData("Log2", 1024.0, 10.0)]
    [InlineData("Log2", 4.9406564584124654e-324, -1074.0)]
    [InlineData("Log10", 1e22, 22.0)]
    [InlineData("Log10", 0.0, double.NegativeInfinity)]
    [InlineData("Tanh", double.NegativeInfinity, -1.0)]
    [InlineData("Tanh", -0.0, -0.0)]
    [InlineData("Sigmoid", double.NegativeInfinity, 0.0)]
    [InlineData("Sigmoid", double.PositiveInfinity, 1.0)]
    [InlineData("Sigmoid", 0.0, 0.5)]
    [InlineData("Softplus", double.NegativeInfinity, 0.0)]
    [InlineData("Softplus", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Erf", -0.0, -0.0)]
    [InlineData("Erf", double.PositiveInfinity, 1.0)]
    [InlineData("Erfc", double.NegativeInfinity, 2.0)]
    [InlineData("Erfc", 0.0, 1.0)]
    [InlineData("Sin", -0.0, -0.0)]
    [InlineData("Sin", double.PositiveInfinity, double.NaN)]
    [InlineData("Cos", 0.0, 1.0)]
    [InlineData("Tan", -0.0, -0.0)]
    [InlineData("Tan", double.PositiveInfinity, double.NaN)]
    [InlineData("Asin", 1.0, 1.5707963267948966)]
    [InlineData("Asin", -0.0, -0.0)]
    [InlineData("Asin", 1.0000000000000002, double.NaN)]
    [InlineData("Acos", 1.0, 0.0)]
    [InlineData("Acos", -1.0, 3.141592653589793)]
    [InlineData("Acos", -1.5, double.NaN)]
    [InlineData("Atan", double.NegativeInfinity, -1.5707963267948966)]
    [InlineData("Atan", -0.0, -0.0)]
    [InlineData("Sinh", double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData("Sinh", -0.0, -0.0)]
    [InlineData("Cosh", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("Cosh", 0.0, 1.0)]
    [InlineData("Asinh", double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData("Asinh", -0.0, -0.0)]
    [InlineData("Acosh", 1.0, 0.0)]
    [InlineData("Acosh", 0.5, double.NaN)]
    [InlineData("Acosh", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Atanh", 1.0, double.PositiveInfinity)]
    [InlineData("Atanh", -1.0, double.NegativeInfinity)]
    [InlineData("Atanh", 1.5, double.NaN)]
    [InlineData("Cos", double.NegativeInfinity, double.NaN)]
    [InlineData("LogGamma", 0.0, double.PositiveInfinity)]
    [InlineData("LogGamma", -3.0, double.PositiveInfinity)]
    [InlineData("LogGamma", 1.0, 0.0)]
    [InlineData("LogGamma", 2.0, 0.0)]
    [InlineData("LogGamma", 1e306, double.PositiveInfinity)]
    public void AnyFunction_SpecialArgument_HasTheStandardsValue(string name, double x, double expected)
    {
        double actual = Functions[name](x);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(double.IsNaN(actual) ? double.NaN : actual));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyFunction_NotANumber_GivesNotANumber(string name) =>
        Assert.True(double.IsNaN(name == "Pow" ? DoubleMath.Pow(double.NaN, 2) : Functions[name](double.NaN)));

    [Theory]
    [InlineData(0.0, -1.0, double.PositiveInfinity)]
    [InlineData(-0.0, -1.0, double.NegativeInfinity)]
    [InlineData(-0.0, 3.0, -0.0)]
    [InlineData(-0.0, 2.0, 0.0)]
    [InlineData(0.0, 0.0, 1.0)]
    [InlineData(double.NaN, 0.0, 1.0)]
    [InlineData(1.0, double.NaN, 1.0)]
    [InlineData(-8.0, 1.0 / 3, double.NaN)]
    [InlineData(-2.0, 3.0, -8.0)]
    [InlineData(-1.0, double.PositiveInfinity, 1.0)]
    [InlineData(0.5, double.PositiveInfinity, 0.0)]
    [InlineData(0.5, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 3.0, double.NegativeInfinity)]
    [InlineData(double.NegativeInfinity, -3.0, -0.0)]
    [InlineData(double.PositiveInfinity, 0.5, double.PositiveInfinity)]
    [InlineData(10.0, 400.0, double.PositiveInfinity)]
    [InlineData(-10.0, 401.0, double.NegativeInfinity)]
    [InlineData(10.0, -400.0, 0.0)]
    [InlineData(2.0, -1074.0, 4.9406564584124654e-324)]
    public void Pow_SpecialArguments_HasTheStandardsValue(double x, double y, double expected) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(DoubleMath.Pow(x, y)));

    [Theory]
    [InlineData(-0.5, 1.2655121234846454)]
    [InlineData(-1.5, 0.860047015376481)]
    [InlineData(-10.25, -14.20399790093109)]
    public void LogGamma_NegativeArgument_MatchesReflection(double x, double expected) =>
        Assert.Equal(expected, DoubleMath.LogGamma(x), 1e-13);
}
