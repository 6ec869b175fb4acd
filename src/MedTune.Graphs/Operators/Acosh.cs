using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The number of at least 0 with this hyperbolic cosine; NaN below 1.</summary>
internal sealed class Acosh : ElementaryOperator
{
    public override string Name => "Acosh";

    public override int SinceOpset => 9;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => new(new Shape(shape), [.. Sample.Positive(4, seed, shape).Values.ToArray().Select(value => 1 + value)]));

    protected override Value Slope(GraphBuilder build, Value x, Value y, Value one) =>
        build.Reciprocal(build.Sqrt(build.Subtract(build.Multiply(x, x), one)));

    protected override double Map(double x) => DoubleMath.Acosh(x);
}
