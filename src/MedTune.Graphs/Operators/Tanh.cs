using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class Tanh : UnaryOperator<TanhKernel>
{
    public override string Name => "Tanh";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("TanhGradient", [context.OutputGradient(), context.Output()], domain: InternalDomain));

    protected override double Map(double x) => DoubleMath.Tanh(x);
}
