namespace MedTune.Graphs.Operators;

/// <summary>Where along an axis the largest element is.</summary>
internal sealed class ArgMax : ArgOperator
{
    public override string Name => "ArgMax";

    protected override bool IsBetter<T>(T x, T y) => x > y;
}
