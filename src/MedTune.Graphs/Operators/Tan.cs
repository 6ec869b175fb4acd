using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The tangent of an angle in radians.</summary>
internal sealed class Tan : ElementaryOperator
{
    public override string Name => "Tan";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Within(1.25f, seed, shape));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Add(build.Multiply(y, y), one);

    protected override double Map(double x) => DoubleMath.Tan(x);
}
