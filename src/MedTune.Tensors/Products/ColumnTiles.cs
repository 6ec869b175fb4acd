namespace MedTune.Tensors;

/// <summary>How the columns of c are cut into tiles of one or two registers, so that no tile writes a column of another.</summary>
/// <remarks>
/// Columns left over after the full pairs are covered by a last pair whose second register repeats columns of its first; where they are too few for
/// that, the pair before is split. Fewer columns than one register are a single tile of which only a part is written.
/// </remarks>
internal readonly struct ColumnTiles
{
    private readonly int _width;
    private readonly int _pairs;
    private readonly int _rest;

    public ColumnTiles(int columns, int width)
    {
        _width = width;
        _pairs = columns / (2 * width);
        _rest = columns % (2 * width);
        IsPartial = columns < width;
        Count = _pairs + (_rest > 0 ? 1 : 0);
        IsSplit = !IsPartial && _rest > 0 && _rest < width;
        int last = Count - 1;
        PaddedColumns = Count == 0 ? 0 : Start(last) + (Registers(last) * width);
    }

    /// <summary>Whether c is narrower than a register.</summary>
    public bool IsPartial { get; }

    public int Count { get; }

    /// <summary>Columns of b when packed: tile t begins at column <see cref="Start"/>, and the last tile is filled up.</summary>
    public int PaddedColumns { get; }

    private bool IsSplit { get; }

    public int Start(int tile) => IsSplit && tile == Count - 1 ? (2 * _width * (tile - 1)) + _width : 2 * _width * tile;

    public int Registers(int tile)
    {
        if (IsSplit)
        {
            return tile == Count - 2 ? 1 : 2;
        }

        return tile < _pairs || _rest > _width ? 2 : 1;
    }

    /// <summary>Where the second register begins within the tile.</summary>
    public int Second(int tile)
    {
        if (IsSplit)
        {
            return tile == Count - 1 ? _rest : _width;
        }

        return tile < _pairs || _rest <= _width ? _width : _rest - _width;
    }

    /// <summary>Columns the tile covers.</summary>
    public int Columns(int tile) => IsPartial ? _rest : Registers(tile) == 1 ? _width : _width + Second(tile);
}
