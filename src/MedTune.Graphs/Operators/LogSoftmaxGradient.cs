using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient that passes a LogSoftmax with output y (input 1): dy - exp(y) · the sum of dy along the axis.</summary>
internal sealed class LogSoftmaxGradient : SoftmaxOperator
{
    public override string Name => "LogSoftmaxGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases => SoftmaxCases(2).Select(sample => sample with { FloatTolerance = sample.FloatTolerance * 10 });

    protected override void MapRow(Span<float> first, ReadOnlySpan<float> second)
    {
        float sum = Reductions.Sum(first);
        for (int i = 0; i < first.Length; i++)
        {
            first[i] -= FloatMath.Exp(second[i]) * sum;
        }
    }

    protected override void MapRow(Span<double> first, ReadOnlySpan<double> second)
    {
        double sum = 0;
        foreach (double value in first)
        {
            sum += value;
        }

        for (int i = 0; i < first.Length; i++)
        {
            first[i] -= DoubleMath.Exp(second[i]) * sum;
        }
    }
}
