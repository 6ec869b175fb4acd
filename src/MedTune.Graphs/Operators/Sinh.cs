using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The hyperbolic sine.</summary>
internal sealed class Sinh : ElementaryOperator
{
    public override string Name => "Sinh";

    public override int SinceOpset => 9;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Append("Cosh", [x]);

    protected override double Map(double x) => DoubleMath.Sinh(x);
}
