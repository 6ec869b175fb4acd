using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The sine of an angle in radians.</summary>
internal sealed class Sin : UnaryOperator<SinKernel>
{
    public override string Name => "Sin";

    public override int SinceOpset => 7;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Multiply(context.OutputGradient(), context.Builder.Append("Cos", [context.Input(0)])));

    protected override double Map(double x) => DoubleMath.Sin(x);
}
