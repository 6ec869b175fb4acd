using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The error function, 2/√π times the integral of exp(-t²) from 0 to x.</summary>
internal sealed class Erf : UnaryOperator<ErfKernel>
{
    public override string Name => "Erf";

    public override int SinceOpset => 9;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("ErfGradient", [context.OutputGradient(), context.Input(0)], domain: InternalDomain));

    protected override double Map(double x) => DoubleMath.Erf(x);
}
