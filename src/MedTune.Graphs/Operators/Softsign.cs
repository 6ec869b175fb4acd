namespace MedTune.Graphs.Operators;

/// <summary>x / (1 + |x|).</summary>
internal sealed class Softsign : UnaryOperator
{
    public override string Name => "Softsign";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var x = context.Input(0);
        var root = build.Add(build.Abs(x), build.Scalar(1, x));
        context.Set(0, build.Divide(context.OutputGradient(), build.Multiply(root, root)));
    }

    protected override FloatMap PrepareFloat(Attributes attributes) => (x, destination) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            destination[i] = x[i] / (1 + MathF.Abs(x[i]));
        }
    };

    protected override double Map(double x) => x / (1 + Math.Abs(x));
}
