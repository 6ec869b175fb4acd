namespace MedTune.Tensors;

/// <summary>A tile of 2 x 2 outputs: the sample, and row and column among the sample's tiles.</summary>
internal struct WinogradTile
{
    public int Sample;
    public int Row;
    public int Column;

    /// <summary>The tile after this one, in the order of samples, rows and columns.</summary>
    /// <param name="rows">Rows of tiles in a sample.</param>
    /// <param name="columns">Tiles of a row.</param>
    public void Next(int rows, int columns)
    {
        if (++Column == columns)
        {
            Column = 0;
            if (++Row == rows)
            {
                Row = 0;
                Sample++;
            }
        }
    }
}
