using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The natural logarithm; -infinity at 0, NaN below.</summary>
internal sealed class Log : UnaryOperator<LogKernel>
{
    public override string Name => "Log";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Positive(4, seed, shape));

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Divide(context.OutputGradient(), context.Input(0)));

    protected override double Map(double x) => DoubleMath.Log(x);
}
