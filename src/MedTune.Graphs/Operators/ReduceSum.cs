namespace MedTune.Graphs.Operators;

/// <summary>The sum over axes; 0 over no elements.</summary>
internal sealed class ReduceSum : ReduceOperator
{
    public override string Name => "ReduceSum";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, Spread(context, context.OutputGradient()));

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (double value in row)
        {
            sum += value;
        }

        return sum;
    }

    protected override long Reduce(ReadOnlySpan<long> row)
    {
        long sum = 0;
        foreach (long value in row)
        {
            sum += value;
        }

        return sum;
    }
}
