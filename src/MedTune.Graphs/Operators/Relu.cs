using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>max(0, x); NaN stays NaN. The gradient is cut where the output is 0.</summary>
internal sealed class Relu : UnaryOperator<ReluKernel>
{
    public override string Name => "Relu";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("ReluGradient", [context.OutputGradient(), context.Output()], domain: InternalDomain));

    protected override double Map(double x) => x < 0 ? 0 : x;

    protected override long Map(long x) => Math.Max(x, 0);
}
