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
        ElementWise.Map<SubtractKernel>(row, row.IsEmpty ? 0 : Reductions.Maximum(row), row);
        float sum = 0;
        foreach (float value in row)
        {
            sum += FloatMath.Exp(value);
        }

        ElementWise.Map<SubtractKernel>(row, FloatMath.Log(sum), row);
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
