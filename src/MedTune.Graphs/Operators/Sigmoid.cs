using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>1 / (1 + exp(-x)).</summary>
internal sealed class Sigmoid : UnaryOperator<SigmoidKernel>
{
    public override string Name => "Sigmoid";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("SigmoidGradient", [context.OutputGradient(), context.Output()], domain: InternalDomain));

    protected override double Map(double x) => DoubleMath.Sigmoid(x);
}
