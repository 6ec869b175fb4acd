namespace MedTune.Graphs.Operators;

/// <summary>Where along an axis the smallest element is.</summary>
internal sealed class ArgMin : ArgOperator
{
    public override string Name => "ArgMin";

    protected override bool IsBetter<T>(T x, T y) => x < y;
}
