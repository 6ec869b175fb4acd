using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The hyperbolic cosine.</summary>
internal sealed class Cosh : ElementaryOperator
{
    public override string Name => "Cosh";

    public override int SinceOpset => 9;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Append("Sinh", [x]);

    protected override double Map(double x) => DoubleMath.Cosh(x);
}
