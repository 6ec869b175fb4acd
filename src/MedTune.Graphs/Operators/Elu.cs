using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x where x is at least 0, alpha · (exp(x) - 1) below; alpha is 1 by default.</summary>
internal sealed class Elu : UnaryOperator
{
    public override string Name => "Elu";

    public override IEnumerable<OperatorCase> Cases =>
        UnaryCases((seed, shape) => Sample.Values(seed, shape), Attributes.None.With("alpha", 0.75f));

    public override void Gradient(GradientContext context)
    {
        // Below 0 the slope alpha · exp(x) is the output plus alpha.
        var build = context.Builder;
        var (x, dy) = (context.Input(0), context.OutputGradient());
        var below = build.Multiply(dy, build.Add(context.Output(), build.Scalar(context.Attributes.Float("alpha", 1), x)));
        context.Set(0, build.Append("Where", [build.Append("Less", [x, build.Scalar(0, x)]), below, dy]));
    }

    protected override FloatMap PrepareFloat(Attributes attributes)
    {
        float alpha = attributes.Float("alpha", 1);
        return (x, destination) => ElementWise.Map<EluKernel>(x, alpha, destination);
    }

    protected override Func<double, double> Prepare(Attributes attributes)
    {
        double alpha = attributes.Float("alpha", 1);
        return x => x < 0 ? alpha * DoubleMath.Expm1(x) : x;
    }
}
