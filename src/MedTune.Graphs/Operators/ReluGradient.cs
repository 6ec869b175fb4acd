namespace MedTune.Graphs.Operators;

/// <summary>The gradient that passes a Relu: dy where the Relu's output y is above 0, else 0.</summary>
internal sealed class ReluGradient : BinaryOperator
{
    public override string Name => "ReluGradient";

    public override string Domain => InternalDomain;

    public override IEnumerable<OperatorCase> Cases =>
        BinaryCases((seed, shape) => Sample.Values(seed, shape), (seed, shape) => Sample.Values(seed, shape));

    protected override double Map(double x, double y) => y > 0 ? x : 0;

    protected override long Map(long x, long y) => y > 0 ? x : 0;
}
