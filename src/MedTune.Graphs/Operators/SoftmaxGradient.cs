using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient that passes a Softmax with output y (input 1): y · (dy - the sum of dy · y along the axis).</summary>
internal sealed class SoftmaxGradient : SoftmaxOperator
{
    public override string Name => "SoftmaxGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases => SoftmaxCases(2).Select(sample => sample with { FloatTolerance = sample.FloatTolerance * 10 });

    protected override void MapRow(Span<float> first, ReadOnlySpan<float> second)
    {
        ElementWise.Map<SubtractKernel>(first, Reductions.Dot(first, second), first);
        ElementWise.Map<MultiplyKernel>(first, second, first);
    }

    protected override void MapRow(Span<double> first, ReadOnlySpan<double> second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }

        for (int i = 0; i < first.Length; i++)
        {
            first[i] = second[i] * (first[i] - sum);
        }
    }
}
