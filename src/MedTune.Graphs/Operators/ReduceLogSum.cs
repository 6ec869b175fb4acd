using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The logarithm of the sum over axes.</summary>
internal sealed class ReduceLogSum : ReduceOperator
{
    public override string Name => "ReduceLogSum";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Positive(4, seed, shape));

    public override void Gradient(GradientContext context)
    {
        // The slope is 1 / sum, and the sum is exp of the output.
        var build = context.Builder;
        context.Set(0, Spread(context, build.Divide(context.OutputGradient(), build.Exp(context.Output()))));
    }

    protected override float Reduce(ReadOnlySpan<float> row) => FloatMath.Log(Reductions.Sum(row));

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double total = 0;
        foreach (double value in row)
        {
            total += value;
        }

        return DoubleMath.Log(total);
    }
}
