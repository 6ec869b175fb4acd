using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>1 / x.</summary>
internal sealed class Reciprocal : UnaryOperator<ReciprocalKernel>
{
    public override string Name => "Reciprocal";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Positive(4, seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Negate(context.Builder.Multiply(context.OutputGradient(), context.Builder.Multiply(context.Output(), context.Output()))));

    protected override double Map(double x) => 1 / x;
}
