namespace MedTune.Graphs.Operators;

/// <summary>The sum of absolute values over axes.</summary>
internal sealed class ReduceL1 : ReduceOperator
{
    public override string Name => "ReduceL1";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Values(seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        context.Set(0, build.Multiply(Spread(context, context.OutputGradient()), build.Sign(context.Input(0))));
    }

    protected override float Reduce(ReadOnlySpan<float> row)
    {
        float total = 0;
        foreach (float value in row)
        {
            total += Math.Abs(value);
        }

        return total;
    }

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double total = 0;
        foreach (double value in row)
        {
            total += Math.Abs(value);
        }

        return total;
    }

    protected override long Reduce(ReadOnlySpan<long> row)
    {
        long total = 0;
        foreach (long value in row)
        {
            total += value < 0 ? -value : value;
        }

        return total;
    }
}
