using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>|x|.</summary>
internal sealed class Abs : UnaryOperator<AbsoluteKernel>
{
    public override string Name => "Abs";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    protected override bool TakesWholeNumbers => true;

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Multiply(context.OutputGradient(), context.Builder.Sign(context.Input(0))));

    protected override double Map(double x) => Math.Abs(x);

    protected override long Map(long x) => x < 0 ? -x : x;
}
