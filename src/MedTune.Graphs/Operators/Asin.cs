using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The angle between -pi/2 and pi/2, in radians, with this sine.</summary>
internal sealed class Asin : ElementaryOperator
{
    public override string Name => "Asin";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Within(0.9375f, seed, shape));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Reciprocal(build.Sqrt(build.Subtract(one, build.Multiply(x, x))));

    protected override double Map(double x) => DoubleMath.Asin(x);
}
