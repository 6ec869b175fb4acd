using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The sizes of a convolution of x [N, C, spatial...] with w [M, C / groups, kernel...] to y [N, M, windows...]. A group's windows as the columns
/// of a matrix [<see cref="Depth"/>, windows] turn it into matrix products; blocks of windows keep that matrix small.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Groups">Groups of channels that do not mix.</param>
/// <param name="Read">Channels of x in a group.</param>
/// <param name="Made">Channels of y in a group.</param>
/// <param name="Rows">Where the windows lie in a plane of x.</param>
internal sealed record ConvLayout(int Samples, int Groups, int Read, int Made, WindowRows Rows)
{
    /// <summary>Elements a block of columns should have: 4 MiB, within reach of a core's caches.</summary>
    private const int BlockElements = 1 << 20;

    /// <summary>Windows that a block has at least, so that packing the weights for it is worth it.</summary>
    private const int FewestWindows = 256;

    /// <summary>How many products make an element of y.</summary>
    public int Depth => Read * Rows.Taps;

    /// <summary>Windows of a plane.</summary>
    public int Windows => Rows.Windows;

    /// <summary>Elements of x that belong to one group of one sample.</summary>
    public int SizeX => Read * Rows.Plane;

    /// <summary>Elements of y that belong to one group of one sample.</summary>
    public int SizeY => Made * Windows;

    /// <summary>Elements of w that belong to one group.</summary>
    public int SizeW => Made * Depth;

    private bool ArePoints { get; } = Rows.AreElements;

    /// <summary>Windows of a block. Depends on the sizes alone: sums cut into blocks must not change with the number of threads.</summary>
    public int Block => Math.Max(1, Math.Min(Windows, Math.Max(FewestWindows, BlockElements / Math.Max(1, Depth))));

    /// <summary>Blocks of a plane.</summary>
    public int Blocks => (Windows + Block - 1) / Block;

    /// <summary>The layout of a Conv node.</summary>
    public static ConvLayout Of(Attributes attributes, Shape x, Shape w, Func<string, InvalidGraphException> error)
    {
        var windows = new Windows(attributes, [.. w.Extents[2..]], error);
        int[] extents = x.Extents[2..].ToArray();
        var fits = extents.Select((extent, axis) => windows.Fit(axis, extent)).ToArray();
        var rows = new WindowRows(windows, extents, [.. fits.Select(fit => fit.Count)], [.. fits.Select(fit => fit.Begin)]);
        int groups = (int)attributes.Int("group", 1);
        return new ConvLayout(x[0], groups, w[1], w[0] / groups, rows).Checked(error);
    }

    /// <summary>The first window of a block and the number of its windows.</summary>
    public (int First, int Count) Part(int block) => (block * Block, Math.Min(Block, Windows - (block * Block)));

    /// <summary>Lays windows of a group out as columns [depth, count], zeros in the padding.</summary>
    public void Gather<T>(ReadOnlySpan<T> x, int first, int count, Span<T> columns)
        where T : unmanaged
    {
        for (int row = 0; row < Depth; row++)
        {
            (int channel, int tap) = Math.DivRem(row, Rows.Taps);
            Rows.Read(x.Slice(channel * Rows.Plane, Rows.Plane), tap, first, columns.Slice(row * count, count));
        }
    }

    /// <summary>Columns of a group, laid out in the memory given, or x itself where the windows are its elements.</summary>
    /// <param name="x">The group.</param>
    /// <param name="first">The first window.</param>
    /// <param name="count">How many windows.</param>
    /// <param name="memory">Room for depth times count.</param>
    /// <param name="step">How far the rows of what is returned lie apart.</param>
    public ReadOnlySpan<float> Columns(ReadOnlySpan<float> x, int first, int count, Span<float> memory, out int step)
    {
        if (ArePoints)
        {
            step = Windows;
            return x[first..];
        }

        step = count;
        Gather(x, first, count, memory[..(Depth * count)]);
        return memory[..(Depth * count)];
    }

    /// <summary>Adds columns [depth, count] to the places of a group of x that they were taken from.</summary>
    public void Scatter<T>(ReadOnlySpan<T> columns, int first, int count, Span<T> x)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        for (int row = 0; row < Depth; row++)
        {
            (int channel, int tap) = Math.DivRem(row, Rows.Taps);
            Rows.Add(columns.Slice(row * count, count), tap, first, x.Slice(channel * Rows.Plane, Rows.Plane));
        }
    }

    /// <summary>This layout, if its columns can be addressed.</summary>
    public ConvLayout Checked(Func<string, InvalidGraphException> error) => (long)Read * Rows.Taps * FewestWindows <= int.MaxValue
        ? this
        : throw error("its windows have more elements than can be addressed.");
}
