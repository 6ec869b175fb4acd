using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The number with this hyperbolic sine.</summary>
internal sealed class Asinh : ElementaryOperator
{
    public override string Name => "Asinh";

    public override int SinceOpset => 9;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Reciprocal(build.Sqrt(build.Add(build.Multiply(x, x), one)));

    protected override double Map(double x) => DoubleMath.Asinh(x);
}
