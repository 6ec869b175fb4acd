namespace MedTune.Graphs.Operators;

/// <summary>x · max(0, min(1, x / 6 + 0.5)): 0 below -3 and x above 3.</summary>
internal sealed class HardSwish : UnaryOperator
{
    public override string Name => "HardSwish";

    public override int SinceOpset => 14;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context)
    {
        // Between -3 and 3 the output is x² / 6 + x / 2, so its slope is x / 3 + 1 / 2.
        var build = context.Builder;
        var (x, dy) = (context.Input(0), context.OutputGradient());
        var inner = build.Multiply(dy, build.Add(build.Divide(x, build.Scalar(3, x)), build.Scalar(0.5f, x)));
        var left = build.Where(build.Less(x, build.Scalar(-3, x)), build.Scalar(0, x), inner);
        context.Set(0, build.Where(build.Less(build.Scalar(3, x), x), dy, left));
    }

    protected override FloatMap PrepareFloat(Attributes attributes) => (x, destination) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            destination[i] = x[i] * MathF.Max(0, MathF.Min(1, (x[i] / 6) + 0.5f));
        }
    };

    protected override double Map(double x) => x * Math.Max(0, Math.Min(1, (x / 6) + 0.5));
}
