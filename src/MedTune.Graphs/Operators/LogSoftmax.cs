using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x minus the logarithm of the sum of exp(x) along an axis, without overflow.</summary>
internal sealed class LogSoftmax : SoftmaxOperator
{
    public override string Name => "LogSoftmax";

    public override IEnumerable<OperatorCase> Cases => SoftmaxCases(1);

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("LogSoftmaxGradient", [context.OutputGradient(), context.Output()], context.Attributes, InternalDomain));

    protected override void MapRow(Span<float> first, ReadOnlySpan<float> second) => Map(first);

    protected override void MapRow(Span<double> first, ReadOnlySpan<double> second) => Map(first);

    /// <summary>The function of one row, in place.</summary>
    internal static void Map(Span<float> row)
    {
        // Plain loops: rows are as long as there are classes, and these have the bits of the vector kernels.
        float largest = float.NegativeInfinity;
        foreach (float value in row)
        {
            largest = MathF.Max(largest, value);
        }

        float sum = 0;
        foreach (ref float value in row)
        {
            value -= largest;
            sum += FloatMath.Exp(value);
        }

        float shift = FloatMath.Log(sum);
        foreach (ref float value in row)
        {
            value -= shift;
        }
    }

    /// <summary>The function of one row, in place: the reference.</summary>
    internal static void Map(Span<double> row)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in row)
        {
            largest = Math.Max(largest, value);
        }

        double sum = 0;
        foreach (double value in row)
        {
            sum += DoubleMath.Exp(value - largest);
        }

        double shift = DoubleMath.Log(sum);
        foreach (ref double value in row)
        {
            value = value - largest - shift;
        }
    }
}
