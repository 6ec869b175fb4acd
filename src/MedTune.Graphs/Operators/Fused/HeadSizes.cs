namespace MedTune.Graphs.Operators;

/// <summary>The extents of a <see cref="HeadAttention"/>, and where its operands lie in the values that hold them.</summary>
/// <param name="Batch">Samples.</param>
/// <param name="Heads">Heads.</param>
/// <param name="Queries">Length of the queries.</param>
/// <param name="Keys">Length of keys and values.</param>
/// <param name="Width">Features of a query and a key.</param>
/// <param name="ValueWidth">Features of a value.</param>
/// <param name="Q">Where the queries lie.</param>
/// <param name="K">Where the keys lie.</param>
/// <param name="V">Where the values lie.</param>
/// <param name="Y">Where the result goes.</param>
/// <param name="Scale">What the scores are multiplied with.</param>
internal sealed record HeadSizes(
    int Batch, int Heads, int Queries, int Keys, int Width, int ValueWidth, HeadPlaces Q, HeadPlaces K, HeadPlaces V, HeadPlaces Y, float Scale)
{
    // Scores of a block of queries, 192 KiB: they stay in the second-level cache.
    private const int BlockScores = 48 * 1024;

    /// <summary>Queries whose scores are computed at a time: all where they are few, and then the products are those of the separate operators. Follows from the lengths alone.</summary>
    public int Block => Math.Clamp(BlockScores / Math.Max(1, Keys) / 12 * 12, 24, Math.Max(24, Queries));

    /// <summary>Elements from one row of scores to the next: whole registers of 16, and not 4 KiB, which would put all rows into one cache set.</summary>
    public int KeyStep => (Keys + 15) / 16 * 16 is var step && step % 1024 == 0 ? step + 16 : step;

    /// <summary>Number of blocks of queries.</summary>
    public int Blocks => (Queries + Block - 1) / Block;

    /// <summary>Number of units of work: one head of one sample each.</summary>
    public int Planes => Batch * Heads;

    /// <summary>Multiply-adds of the two products of all heads.</summary>
    public long Products => (long)Planes * Queries * Keys * (Width + ValueWidth);

    /// <summary>Reads the attributes of a node.</summary>
    public static HeadSizes Read(Attributes attributes)
    {
        var sizes = attributes.Ints("sizes");
        var y = attributes.Ints("y");
        return new HeadSizes(
            (int)sizes[0],
            (int)sizes[1],
            (int)sizes[2],
            (int)sizes[3],
            (int)sizes[4],
            (int)sizes[5],
            Places("q"),
            Places("k"),
            Places("v"),
            new HeadPlaces(0, (int)y[0], (int)y[1], (int)y[2]),
            attributes.Float("scale", 1));

        HeadPlaces Places(string name) => attributes.Ints(name) is var at ? new HeadPlaces((int)at[0], (int)at[1], (int)at[2], (int)at[3]) : default;
    }
}
