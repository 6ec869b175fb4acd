using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The cosine of an angle in radians.</summary>
internal sealed class Cos : UnaryOperator<CosKernel>
{
    public override string Name => "Cos";

    public override int SinceOpset => 7;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context)
    {
        var slope = context.Builder.Negate(context.Builder.Append("Sin", [context.Input(0)]));
        context.Set(0, context.Builder.Multiply(context.OutputGradient(), slope));
    }

    protected override double Map(double x) => DoubleMath.Cos(x);
}
