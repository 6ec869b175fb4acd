using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>gamma · x above 0, gamma · alpha · (exp(x) - 1) below; the defaults keep mean 0 and variance 1 (Klambauer et al. 2017).</summary>
internal sealed class Selu : UnaryOperator
{
    private const float DefaultAlpha = 1.67326319217681884765625f;
    private const float DefaultGamma = 1.05070102214813232421875f;

    public override string Name => "Selu";

    public override IEnumerable<OperatorCase> Cases =>
        UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context)
    {
        // Below 0 the slope gamma · alpha · exp(x) is the output plus gamma · alpha.
        var build = context.Builder;
        var (x, dy) = (context.Input(0), context.OutputGradient());
        float gamma = context.Attributes.Float("gamma", DefaultGamma);
        float alpha = context.Attributes.Float("alpha", DefaultAlpha);
        var below = build.Multiply(dy, build.Add(context.Output(), build.Scalar(gamma * alpha, x)));
        var above = build.Multiply(dy, build.Scalar(gamma, x));
        context.Set(0, build.Append("Where", [build.Append("Less", [x, build.Scalar(0, x)]), below, above]));
    }

    // Until set 5 the defaults were written with fewer digits.
    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => opset >= 6 ? node : node with
    {
        Attributes = node.Attributes.With("alpha", node.Attributes.Float("alpha", 1.6732f)).With("gamma", node.Attributes.Float("gamma", 1.0507f)),
    };

    protected override FloatMap PrepareFloat(Attributes attributes)
    {
        float alpha = attributes.Float("alpha", DefaultAlpha);
        float gamma = attributes.Float("gamma", DefaultGamma);
        return (x, destination) =>
        {
            ElementWise.Map<EluKernel>(x, alpha, destination);
            ElementWise.Map<MultiplyKernel>(destination, gamma, destination);
        };
    }

    protected override Func<double, double> Prepare(Attributes attributes)
    {
        double alpha = attributes.Float("alpha", DefaultAlpha);
        double gamma = attributes.Float("gamma", DefaultGamma);
        return x => gamma * (x < 0 ? alpha * DoubleMath.Expm1(x) : x);
    }
}
