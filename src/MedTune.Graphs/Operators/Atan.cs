using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The angle between -pi/2 and pi/2, in radians, with this tangent.</summary>
internal sealed class Atan : ElementaryOperator
{
    public override string Name => "Atan";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Reciprocal(build.Add(build.Multiply(x, x), one));

    protected override double Map(double x) => DoubleMath.Atan(x);
}
