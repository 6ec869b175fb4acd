using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The smallest over axes; NaN when any is NaN, +infinity over no elements.</summary>
internal sealed class ReduceMin : ReduceOperator
{
    public override string Name => "ReduceMin";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Values(seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context)
    {
        // Elements that tie share the gradient equally.
        var build = context.Builder;
        var (x, one) = (context.Input(0), build.Scalar(1, context.Input(0)));
        var chosen = build.Append("Where", [build.Append("Equal", [x, Spread(context, context.Output())]), one, build.Scalar(0, x)]);
        var count = Again(context, "ReduceSum", chosen);
        context.Set(0, build.Multiply(chosen, Spread(context, build.Divide(context.OutputGradient(), count))));
    }

    protected override float Reduce(ReadOnlySpan<float> row) => row.IsEmpty ? float.PositiveInfinity : Reductions.Minimum(row);

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double total = double.PositiveInfinity;
        foreach (double value in row)
        {
            total = Math.Min(total, value);
        }

        return total;
    }

    protected override long Reduce(ReadOnlySpan<long> row)
    {
        long total = long.MaxValue;
        foreach (long value in row)
        {
            total = Math.Min(total, value);
        }

        return total;
    }
}
