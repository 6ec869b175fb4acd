namespace MedTune.Graphs.Operators;

/// <summary>Bit by bit, 1 where one of both has 1; whole numbers, broadcast.</summary>
internal sealed class BitwiseOr : BitwiseOperator
{
    public override string Name => "BitwiseOr";

    protected override Func<T, T, T> Map<T>() => (x, y) => x | y;
}
