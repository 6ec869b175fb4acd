using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The sum of squares over axes.</summary>
internal sealed class ReduceSumSquare : ReduceOperator
{
    public override string Name => "ReduceSumSquare";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Values(seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var twice = build.Multiply(context.OutputGradient(), build.Scalar(2, context.Output()));
        context.Set(0, build.Multiply(Spread(context, twice), context.Input(0)));
    }

    protected override float Reduce(ReadOnlySpan<float> row) => Reductions.SumOfSquares(row);

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double total = 0;
        foreach (double value in row)
        {
            total += value * value;
        }

        return total;
    }

    protected override long Reduce(ReadOnlySpan<long> row)
    {
        long total = 0;
        foreach (long value in row)
        {
            total += value * value;
        }

        return total;
    }
}
