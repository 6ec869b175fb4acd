using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>log(1 + exp(x)).</summary>
internal sealed class Softplus : UnaryOperator<SoftplusKernel>
{
    public override string Name => "Softplus";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Multiply(context.OutputGradient(), context.Builder.Sigmoid(context.Input(0))));

    protected override double Map(double x) => DoubleMath.Softplus(x);
}
