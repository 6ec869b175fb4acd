using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>e to the power x.</summary>
internal sealed class Exp : UnaryOperator<ExpKernel>
{
    public override string Name => "Exp";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Multiply(context.OutputGradient(), context.Output()));

    protected override double Map(double x) => DoubleMath.Exp(x);
}
