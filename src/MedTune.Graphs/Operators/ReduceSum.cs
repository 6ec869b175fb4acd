using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The sum over axes; 0 over no elements.</summary>
internal sealed class ReduceSum : ReduceOperator
{
    public override string Name => "ReduceSum";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Values(seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context)
    {
        context.Set(0, Spread(context, context.OutputGradient()));
    }

    protected override float Reduce(ReadOnlySpan<float> row) => Reductions.Sum(row);

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double total = 0;
        foreach (double value in row)
        {
            total += value;
        }

        return total;
    }

    protected override long Reduce(ReadOnlySpan<long> row)
    {
        long total = 0;
        foreach (long value in row)
        {
            total += value;
        }

        return total;
    }
}
