namespace MedTune.Graphs.Operators;

/// <summary>The product over axes; 1 over no elements. Its gradient is not defined (NaN) where an element is 0.</summary>
internal sealed class ReduceProd : ReduceOperator
{
    public override string Name => "ReduceProd";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Within(2, seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        context.Set(0, build.Divide(Spread(context, build.Multiply(context.OutputGradient(), context.Output())), context.Input(0)));
    }

    protected override float Reduce(ReadOnlySpan<float> row)
    {
        float total = 1;
        foreach (float value in row)
        {
            total *= value;
        }

        return total;
    }

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double total = 1;
        foreach (double value in row)
        {
            total *= value;
        }

        return total;
    }

    protected override long Reduce(ReadOnlySpan<long> row)
    {
        long total = 1;
        foreach (long value in row)
        {
            total *= value;
        }

        return total;
    }
}
