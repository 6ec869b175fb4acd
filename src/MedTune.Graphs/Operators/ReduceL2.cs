using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The square root of the sum of squares over axes.</summary>
internal sealed class ReduceL2 : ReduceOperator
{
    public override string Name => "ReduceL2";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        context.Set(0, build.Multiply(Spread(context, build.Divide(context.OutputGradient(), context.Output())), context.Input(0)));
    }

    protected override float Reduce(ReadOnlySpan<float> row) => MathF.Sqrt(Reductions.SumOfSquares(row));

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double total = 0;
        foreach (double value in row)
        {
            total += value * value;
        }

        return Math.Sqrt(total);
    }
}
