using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x times the normal distribution function of x, or with approximate = "tanh" its usual approximation (Hendrycks and Gimpel 2016).</summary>
internal sealed class Gelu : UnaryOperator
{
    private const double RootHalf = 0.70710678118654752440;
    private const double RootTwoOverPi = 0.79788456080286535588;
    private const double Cubic = 0.044715;

    public override string Name => "Gelu";

    public override int SinceOpset => 20;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            foreach (var sample in UnaryCases((seed, shape) => Sample.Values(seed, shape)))
            {
                yield return sample;
                yield return sample with { Name = sample.Name + ", tanh", Attributes = Attributes.None.With("approximate", "tanh") };
            }
        }
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("GeluGradient", [context.OutputGradient(), context.Input(0)], context.Attributes, InternalDomain));

    public override ImmutableArray<Value> Expand(GraphBuilder builder, Node node)
    {
        var x = builder[node.Inputs[0]];
        var weight = IsTanh(node.Attributes)
            ? builder.Tanh(TanhArgument(builder, x))
            : builder.Erf(builder.Multiply(x, builder.Scalar((float)RootHalf, x)));
        var half = builder.Multiply(x, builder.Scalar(0.5f, x));
        return [builder.Append("Mul", [half, builder.Add(weight, builder.Scalar(1, x))], outputName: node.Outputs[0])];
    }

    protected override FloatMap PrepareFloat(Attributes attributes) => IsTanh(attributes)
        ? (x, destination) => ElementWise.Map<GeluTanhKernel>(x, destination)
        : (x, destination) => ElementWise.Map<GeluKernel>(x, destination);

    protected override Func<double, double> Prepare(Attributes attributes) => IsTanh(attributes)
        ? x => 0.5 * x * (1 + DoubleMath.Tanh(RootTwoOverPi * (x + (Cubic * x * x * x))))
        : x => 0.5 * x * (1 + DoubleMath.Erf(RootHalf * x));

    /// <summary>Whether a node asks for the approximation.</summary>
    internal static bool IsTanh(Attributes attributes) => attributes.String("approximate", "none") == "tanh";

    private static Value TanhArgument(GraphBuilder build, Value x)
    {
        var cube = build.Multiply(build.Multiply(x, x), x);
        return build.Multiply(build.Add(x, build.Multiply(cube, build.Scalar((float)Cubic, x))), build.Scalar((float)RootTwoOverPi, x));
    }
}
