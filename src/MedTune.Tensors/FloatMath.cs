namespace MedTune.Tensors;

/// <summary>Elementary functions in float, the same bits as the vector kernels of the same name on every machine.</summary>
/// <remarks>Errors are stated at the kernels: 1 to 3 units in the last place. NaN gives NaN; limits and domains follow IEEE 754 (section 9.2).</remarks>
public static class FloatMath
{
    /// <summary>e to the power x.</summary>
    public static float Exp(float x) => ExpKernel.Invoke(new ScalarLanes(x)).First;

    /// <summary>e to the power x, less 1.</summary>
    public static float Expm1(float x) => ExpLessOneKernel.Invoke(new ScalarLanes(x)).First;

    /// <summary>The natural logarithm.</summary>
    public static float Log(float x) => LogKernel.Invoke(new ScalarLanes(x)).First;

    /// <summary>The natural logarithm of 1 + x.</summary>
    public static float Log1p(float x) => Log1pKernel.Invoke(new ScalarLanes(x)).First;

    /// <summary>The hyperbolic tangent.</summary>
    public static float Tanh(float x) => TanhKernel.Invoke(new ScalarLanes(x)).First;

    /// <summary>1 / (1 + exp(-x)), the logistic function.</summary>
    public static float Sigmoid(float x) => SigmoidKernel.Invoke(new ScalarLanes(x)).First;

    /// <summary>log(1 + exp(x)).</summary>
    public static float Softplus(float x) => SoftplusKernel.Invoke(new ScalarLanes(x)).First;

    /// <summary>The error function.</summary>
    public static float Erf(float x) => ErfKernel.Invoke(new ScalarLanes(x)).First;

    /// <summary>x to the power y, worked out in double; x squared is one multiplication.</summary>
    public static float Pow(float x, float y) => y == 2 ? x * x : (float)DoubleMath.Pow(x, y);

    /// <summary>The sine of an angle in radians, worked out in double.</summary>
    public static float Sin(float x) => (float)DoubleMath.Sin(x);

    /// <summary>The cosine of an angle in radians, worked out in double.</summary>
    public static float Cos(float x) => (float)DoubleMath.Cos(x);
}
