namespace MedTune.Tensors;

/// <summary>The innermost loops of a matrix product for one instruction set: small tiles of c kept in registers.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface IMatrixTiles<T>
    where T : unmanaged
{
    /// <summary>Columns a register holds. A tile is one or two registers wide.</summary>
    static abstract int Width { get; }

    /// <summary>Rows of the tallest tile.</summary>
    static abstract int Height { get; }

    /// <summary>Multiply-adds a core does in a microsecond, roughly: it sizes tasks and decides no bit of a result.</summary>
    static abstract int Rate { get; }

    /// <summary>The tallest tile not above <paramref name="rows"/> (at least 1).</summary>
    static abstract int HeightFor(int rows);

    /// <summary>c = a b, or c += a b, for one tile: every element is a chain of fused multiply-adds from zero over the depth.</summary>
    /// <param name="rows">A height that <see cref="HeightFor"/> gives.</param>
    /// <param name="registers">1 or 2.</param>
    /// <param name="depth">Terms of the chain.</param>
    /// <param name="a">Element (row, p) lies at row * aRow + p * aDepth.</param>
    /// <param name="aRow">See a.</param>
    /// <param name="aDepth">See a.</param>
    /// <param name="b">Element (p, column) lies at p * bDepth + column.</param>
    /// <param name="bDepth">See b.</param>
    /// <param name="second">First column of the second register: the width, or less where the last columns do not fill it (it then repeats columns of the first).</param>
    /// <param name="c">Element (row, column) lies at row * cRow + column.</param>
    /// <param name="cRow">See c.</param>
    /// <param name="accumulate">Whether the chain is added to c, once, or written over it.</param>
    static abstract void Run(
        int rows, int registers, int depth, T* a, nint aRow, nint aDepth, T* b, nint bDepth, nint second, T* c, nint cRow, bool accumulate);
}
