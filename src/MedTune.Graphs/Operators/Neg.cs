using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>-x.</summary>
internal sealed class Neg : UnaryOperator<NegateKernel>
{
    public override string Name => "Neg";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Negate(context.OutputGradient()));

    protected override double Map(double x) => -x;

    protected override long Map(long x) => -x;
}
