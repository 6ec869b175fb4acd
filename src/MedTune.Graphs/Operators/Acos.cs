using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The angle between 0 and pi, in radians, with this cosine.</summary>
internal sealed class Acos : ElementaryOperator
{
    public override string Name => "Acos";

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Within(0.9375f, seed, shape));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Negate(build.Reciprocal(build.Sqrt(build.Subtract(one, build.Multiply(x, x)))));

    protected override double Map(double x) => DoubleMath.Acos(x);
}
