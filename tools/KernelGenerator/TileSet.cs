namespace MedTune.KernelGenerator;

/// <summary>What distinguishes one set of matrix-product tiles from another.</summary>
/// <param name="Element"><c>float</c> or <c>double</c>.</param>
/// <param name="Bits">Width of a register: 512, 256, 128, or 0 for single numbers.</param>
/// <param name="Heights">Rows of the tiles, the tallest first. Two registers a row, the registers of b and one of a must fit the machine's.</param>
/// <param name="Rate">Multiply-adds a core does in a microsecond, roughly: it sizes the tasks.</param>
public sealed record TileSet(string Element, int Bits, int[] Heights, int Rate)
{
    /// <summary>All sets, in the order of their file names.</summary>
    public static IReadOnlyList<TileSet> All { get; } =
    [
        .. new[] { "float", "double" }.SelectMany(element => new TileSet[]
        {
            new(element, 0, [4, 2, 1], element == "float" ? 1_000 : 1_000),
            new(element, 128, [12, 8, 6, 4, 2, 1], element == "float" ? 15_000 : 8_000),
            new(element, 256, [6, 4, 2, 1], element == "float" ? 60_000 : 30_000),
            new(element, 512, [12, 8, 6, 4, 2, 1], element == "float" ? 120_000 : 60_000),
        }),
    ];

    /// <summary>Numbers in a register.</summary>
    public int Width => Bits == 0 ? 1 : Bits / (Element == "float" ? 32 : 64);

    /// <summary>The struct's name.</summary>
    public string Name => (Element == "float" ? "Float" : "Double") + "Tiles" + (Bits == 0 ? "Scalar" : Bits.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The file it lives in.</summary>
    public string FileName => Name + ".g.cs";
}
