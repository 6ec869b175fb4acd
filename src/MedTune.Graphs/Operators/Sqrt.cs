using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The square root; NaN below 0.</summary>
internal sealed class Sqrt : UnaryOperator<SquareRootKernel>
{
    public override string Name => "Sqrt";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Positive(4, seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Divide(context.Builder.Multiply(context.OutputGradient(), context.Builder.Scalar(0.5f, context.Input(0))), context.Output()));

    protected override double Map(double x) => Math.Sqrt(x);
}
