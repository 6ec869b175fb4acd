using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>max(0, min(1, alpha · x + beta)); alpha is 0.2 and beta 0.5 by default.</summary>
internal sealed class HardSigmoid : UnaryOperator
{
    public override string Name => "HardSigmoid";

    public override IEnumerable<OperatorCase> Cases =>
        UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (y, dy) = (context.Output(), context.OutputGradient());
        var inside = build.Append("And", [build.Append("Less", [build.Scalar(0, y), y]), build.Append("Less", [y, build.Scalar(1, y)])]);
        var slope = build.Multiply(dy, build.Scalar(context.Attributes.Float("alpha", 0.2f), y));
        context.Set(0, build.Append("Where", [inside, slope, build.Scalar(0, y)]));
    }

    protected override FloatMap PrepareFloat(Attributes attributes)
    {
        float alpha = attributes.Float("alpha", 0.2f);
        float beta = attributes.Float("beta", 0.5f);
        return (x, destination) =>
        {
            ElementWise.Map<MultiplyKernel>(x, alpha, destination);
            ElementWise.Map<AddKernel>(destination, beta, destination);
            ElementWise.Map<MinimumKernel>(destination, 1, destination);
            ElementWise.Map<MaximumKernel>(destination, 0, destination);
        };
    }

    protected override Func<double, double> Prepare(Attributes attributes)
    {
        double alpha = attributes.Float("alpha", 0.2f);
        double beta = attributes.Float("beta", 0.5f);
        return x => Math.Max(0, Math.Min(1, (alpha * x) + beta));
    }
}
