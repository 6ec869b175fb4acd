namespace MedTune.Graphs.Operators;

/// <summary>Bit by bit, 1 where both have 1; whole numbers, broadcast.</summary>
internal sealed class BitwiseAnd : BitwiseOperator
{
    public override string Name => "BitwiseAnd";

    protected override Func<T, T, T> Map<T>() => (x, y) => x & y;
}
