using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x where x is at least 0, alpha · x below; alpha is 0.01 by default.</summary>
internal sealed class LeakyRelu : UnaryOperator
{
    public override string Name => "LeakyRelu";

    public override IEnumerable<OperatorCase> Cases =>
        UnaryCases((seed, shape) => Sample.Values(seed, shape), Attributes.None.With("alpha", 0.125f));

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (x, dy) = (context.Input(0), context.OutputGradient());
        var below = build.Multiply(dy, build.Scalar(context.Attributes.Float("alpha", 0.01f), x));
        context.Set(0, build.Append("Where", [build.Append("Less", [x, build.Scalar(0, x)]), below, dy]));
    }

    protected override FloatMap PrepareFloat(Attributes attributes)
    {
        float alpha = attributes.Float("alpha", 0.01f);
        return (x, destination) => ElementWise.Map<LeakyReluKernel>(x, alpha, destination);
    }

    protected override Func<double, double> Prepare(Attributes attributes)
    {
        double alpha = attributes.Float("alpha", 0.01f);
        return x => x < 0 ? alpha * x : x;
    }
}
