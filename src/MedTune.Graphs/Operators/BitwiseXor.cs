namespace MedTune.Graphs.Operators;

/// <summary>Bit by bit, 1 where exactly one of both has 1; whole numbers, broadcast.</summary>
internal sealed class BitwiseXor : BitwiseOperator
{
    public override string Name => "BitwiseXor";

    protected override Func<T, T, T> Map<T>() => (x, y) => x ^ y;
}
