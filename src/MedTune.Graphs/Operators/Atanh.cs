using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The number with this hyperbolic tangent; infinite at -1 and 1, NaN beyond.</summary>
internal sealed class Atanh : ElementaryOperator
{
    public override string Name => "Atanh";

    public override int SinceOpset => 9;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Within(0.9375f, seed, shape));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Reciprocal(build.Subtract(one, build.Multiply(x, x)));

    protected override double Map(double x) => DoubleMath.Atanh(x);
}
