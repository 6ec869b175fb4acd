using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The mean over axes; NaN over no elements.</summary>
internal sealed class ReduceMean : ReduceOperator
{
    public override string Name => "ReduceMean";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Values(seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context)
    {
        context.Set(0, Spread(context, context.OutputGradient(), mean: true));
    }

    protected override float Reduce(ReadOnlySpan<float> row) => Reductions.Sum(row) / row.Length;

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double total = 0;
        foreach (double value in row)
        {
            total += value;
        }

        return total / row.Length;
    }

    protected override long Reduce(ReadOnlySpan<long> row)
    {
        long total = 0;
        foreach (long value in row)
        {
            total += value;
        }

        return row.Length == 0 ? 0 : total / row.Length;
    }
}
