using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x where x is at least 0, alpha · (exp(x / alpha) - 1) below; alpha is 1 by default and must not be 0 (Barron 2017).</summary>
internal sealed class Celu : UnaryOperator
{
    public override string Name => "Celu";

    public override int SinceOpset => 12;

    public override IEnumerable<OperatorCase> Cases =>
        UnaryCases((seed, shape) => Sample.Values(seed, shape), Attributes.None.With("alpha", 1.5f));

    public override void Gradient(GradientContext context)
    {
        // Below 0 the slope exp(x / alpha) is the output over alpha, plus 1.
        var build = context.Builder;
        var (x, dy) = (context.Input(0), context.OutputGradient());
        var ratio = build.Divide(context.Output(), build.Scalar(context.Attributes.Float("alpha", 1), x));
        var below = build.Multiply(dy, build.Add(ratio, build.Scalar(1, x)));
        context.Set(0, build.Where(build.Less(x, build.Scalar(0, x)), below, dy));
    }

    protected override FloatMap PrepareFloat(Attributes attributes)
    {
        float alpha = attributes.Float("alpha", 1);
        return (x, destination) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                destination[i] = x[i] < 0 ? alpha * FloatMath.Expm1(x[i] / alpha) : x[i];
            }
        };
    }

    protected override Func<double, double> Prepare(Attributes attributes)
    {
        double alpha = attributes.Float("alpha", 1);
        return x => x < 0 ? alpha * DoubleMath.Expm1(x / alpha) : x;
    }
}
