using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

public sealed class FloatMathTests
{
    // Bounds are those stated at the kernels; arguments cover the range in which the result is an ordinary number.
    [Theory]
    [InlineData("Exp", -87.3, 88.7, 1.0)]
    [InlineData("ExpLessOne", -17.0, 88.7, 2.0)]
    [InlineData("ExpLessOne", -0.5, 0.5, 2.0)]
    [InlineData("Log", 1e-37, 4.0, 1.0)]
    [InlineData("Log", 0.5, 2.0, 1.0)]
    [InlineData("Log", 1.0, 3e38, 1.0)]
    [InlineData("Log1p", -0.999, 3.0, 2.0)]
    [InlineData("Log1p", -0.01, 0.01, 2.0)]
    [InlineData("Log1p", 1.0, 1e30, 2.0)]
    [InlineData("Tanh", -9.5, 9.5, 3.0)]
    [InlineData("Tanh", -0.1, 0.1, 3.0)]
    [InlineData("Sigmoid", -86.0, 20.0, 3.0)]
    [InlineData("Sigmoid", -2.0, 2.0, 3.0)]
    [InlineData("Softplus", -85.0, 50.0, 3.0)]
    [InlineData("Softplus", -2.0, 2.0, 3.0)]
    [InlineData("Erf", -4.2, 4.2, 2.0)]
    [InlineData("Erf", -0.1, 0.1, 2.0)]
    [InlineData("Erf", 0.9, 1.1, 2.0)]
    [InlineData("Sin", -1000.0, 1000.0, 0.51)]
    [InlineData("Cos", -1000.0, 1000.0, 0.51)]
    public void AnyFunction_OverItsRange_StaysWithinTheStatedBound(string name, double low, double high, double bound)
    {
        Func<float, float> function = KernelTable.Unary[name].Reference;
        Func<double, double> exact = Exact(name);
        double worst = 0;
        float worstAt = 0;
        const int Count = 40_000;
        for (int i = 0; i <= Count; i++)
        {
            float x = (float)(low + ((high - low) * i / Count));
            double expected = exact(x);
            double unit = MathF.BitIncrement((float)Math.Abs(expected)) - (double)(float)Math.Abs(expected);
            double error = Math.Abs(function(x) - expected) / unit;
            if (!(error <= worst))
            {
                (worst, worstAt) = (error, x);
            }
        }

        Assert.True(worst <= bound, $"{name}({worstAt:R}) is {worst:F3} units off; {bound} are allowed.");
    }

    [Theory]
    [InlineData("Exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Exp", float.NegativeInfinity, 0f)]
    [InlineData("Exp", 88.73f, float.PositiveInfinity)]
    [InlineData("Exp", -104f, 0f)]
    [InlineData("Exp", -103.2789f, float.Epsilon)]
    [InlineData("Exp", 0f, 1f)]
    [InlineData("ExpLessOne", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("ExpLessOne", float.NegativeInfinity, -1f)]
    [InlineData("ExpLessOne", 0f, 0f)]
    [InlineData("Log", 0f, float.NegativeInfinity)]
    [InlineData("Log", -1f, float.NaN)]
    [InlineData("Log", float.NegativeInfinity, float.NaN)]
    [InlineData("Log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log", 1f, 0f)]
    [InlineData("Log", float.Epsilon, -103.27893f)]
    [InlineData("Log1p", -1f, float.NegativeInfinity)]
    [InlineData("Log1p", -2f, float.NaN)]
    [InlineData("Log1p", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log1p", 1e-20f, 1e-20f)]
    [InlineData("Tanh", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", float.NegativeInfinity, -1f)]
    [InlineData("Tanh", -0f, -0f)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Sigmoid", 0f, 0.5f)]
    [InlineData("Softplus", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Softplus", float.NegativeInfinity, 0f)]
    [InlineData("Erf", float.PositiveInfinity, 1f)]
    [InlineData("Erf", float.NegativeInfinity, -1f)]
    [InlineData("Erf", -0f, -0f)]
    [InlineData("Relu", -0f, -0f)]
    [InlineData("Relu", float.NegativeInfinity, 0f)]
    public void AnyFunction_SpecialArgument_HasTheStandardsValue(string name, float x, float expected) =>
        Assert.Equal(KernelTable.Bits([expected]), KernelTable.Bits([KernelTable.Unary[name].Reference(x)]));

    [Fact]
    public void EveryKernel_NotANumber_GivesNotANumber()
    {
        Assert.All(KernelTable.Unary, pair => Assert.True(float.IsNaN(pair.Value.Reference(float.NaN)), pair.Key));
        Assert.All(KernelTable.Binary, pair => Assert.True(float.IsNaN(pair.Value.Reference(float.NaN, 3)), pair.Key));
    }

    [Fact]
    public void Pow_HalfAndTwo_AreCorrectlyRounded()
    {
        for (float x = 0.001f; x < 100; x *= 1.37f)
        {
            Assert.Equal(MathF.Sqrt(x), FloatMath.Pow(x, 0.5f));
            Assert.Equal(x * x, FloatMath.Pow(x, 2));
        }
    }

    private static Func<double, double> Exact(string name) => name switch
    {
        "Exp" => DoubleMath.Exp,
        "ExpLessOne" => DoubleMath.Expm1,
        "Log" => DoubleMath.Log,
        "Log1p" => DoubleMath.Log1p,
        "Tanh" => DoubleMath.Tanh,
        "Sigmoid" => DoubleMath.Sigmoid,
        "Softplus" => DoubleMath.Softplus,
        "Erf" => DoubleMath.Erf,
        "Sin" => DoubleMath.Sin,
        _ => DoubleMath.Cos,
    };
}
