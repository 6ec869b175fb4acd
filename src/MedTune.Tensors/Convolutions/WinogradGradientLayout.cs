namespace MedTune.Tensors;

/// <summary>
/// How the gradient of 3 x 3 filters is computed by minimal filtering: inputs and output gradients of every tile of 2 x 2 outputs are transformed, multiplied
/// position by position and summed over the tiles, and the sums transformed once: 16 instead of 36 multiplications a tile.
/// </summary>
/// <remarks>
/// A sum's order: chains of <see cref="ChainTiles"/> from zero, added one after the other to the sum of the shard, or (<see cref="SumsStretches"/>) to that of a
/// stretch of <see cref="StretchTiles"/>, which is then added to that of the shard; then the shards, over one fixed tree. All of it follows from the sizes alone.
/// </remarks>
internal sealed class WinogradGradientLayout
{
    /// <summary>Most input planes, and output blocks, of a part: its sums take 256 KiB, a part of the second-level cache.</summary>
    private const int MostTogether = 4;

    /// <summary>Most tiles of a stretch: transformed inputs and gradients of a part take half a megabyte.</summary>
    private const int MostTiles = 64;

    /// <summary>Below so many tiles plain sums are so short that theirs is the smaller error.</summary>
    private const int FewTiles = 256;

    /// <summary>Below so many tiles shorter chains and sums of stretches keep the error from being the larger one; they take a tenth more time.</summary>
    private const int ManyTiles = 512;

    /// <summary>Smaller images consist of edges for the most part, and need as many tiles.</summary>
    private const int SmallImage = 6;

    /// <summary>With fewer parts than this the tiles are cut into shards.</summary>
    private const int EnoughTasks = 16;

    private readonly int _planesTogether;
    private readonly int _pairsTogether;

    public WinogradGradientLayout(ConvolutionShape shape)
    {
        Shape = shape;
        Forward = new WinogradLayout(shape, isGradient: false);
        (PlaneGroups, PairGroups) = (Groups(Forward.Planes, MostTogether), Groups(Forward.Pairs, MostTogether / 2));
        (_planesTogether, _pairsTogether) = (Groups(Forward.Planes, PlaneGroups), Groups(Forward.Pairs, PairGroups));
        Shards = Math.Clamp(EnoughTasks / Parts, 1, Groups(Forward.Tiles, MostTiles));
        SumsStretches = Forward.Tiles < ManyTiles;
        ChainTiles = SumsStretches ? 8 : 32;
        int most = Groups(Forward.Tiles, Shards);
        StretchTiles = Groups(Groups(most, Groups(most, MostTiles)), ChainTiles) * ChainTiles;
    }

    public ConvolutionShape Shape { get; }

    /// <summary>The tiles, and what the forward reads for them.</summary>
    public WinogradLayout Forward { get; }

    public int PlaneGroups { get; }

    public int PairGroups { get; }

    /// <summary>Parts of the filters.</summary>
    public int Parts => PlaneGroups * PairGroups;

    /// <summary>Into how many runs of consecutive tiles the sums are cut; they are added over one fixed tree.</summary>
    public int Shards { get; }

    /// <summary>Tiles of a chain of fused multiply-adds.</summary>
    public int ChainTiles { get; }

    /// <summary>Whether a stretch has a sum of its own.</summary>
    public bool SumsStretches { get; }

    /// <summary>Tiles of a stretch, which are transformed together: whole chains. The last stretch of a shard may have fewer.</summary>
    public int StretchTiles { get; }

    /// <summary>Floats from one position of the transformed inputs to the next; a line more than they take, so that positions do not share cache sets.</summary>
    public int InputStep => (_planesTogether * StretchTiles * ChannelBlocks.Size) + ChannelBlocks.Size;

    /// <summary>Floats from one position of the transformed output gradients to the next.</summary>
    public int GradientStep => (2 * _pairsTogether * StretchTiles * ChannelBlocks.Size) + ChannelBlocks.Size;

    /// <summary>Sums of a position, a pair of output blocks and a plane: [channel][32 outputs].</summary>
    public static int CellLength => ChannelBlocks.Size * 2 * ChannelBlocks.Size;

    /// <summary>Floats from one position of the sums, [pair][plane], to the next.</summary>
    public int SumStep => (_pairsTogether * _planesTogether * CellLength) + ChannelBlocks.Size;

    /// <summary>Sums of a part and shard.</summary>
    public int SumsLength => WinogradLayout.Positions * SumStep;

    /// <summary>Floats a thread needs for what it transforms and, where there is one shard, for its sums.</summary>
    public int SlotLength => (WinogradLayout.Positions * (InputStep + GradientStep)) + (Shards == 1 ? SumsLength : 0);

    /// <summary>Floats of the sums that wait for those of other shards.</summary>
    public int PartialsLength => Shards == 1 ? 0 : checked(Parts * Shards * SumsLength);

    /// <summary>The planes of a part, and its pairs.</summary>
    public ((int First, int End) Planes, (int First, int End) Pairs) Part(int part)
    {
        (int pairs, int planes) = Math.DivRem(part, PlaneGroups);
        return (Range(planes, _planesTogether, Forward.Planes), Range(pairs, _pairsTogether, Forward.Pairs));
    }

    /// <summary>The tiles of a shard.</summary>
    public (int First, int End) Shard(int shard) => ((int)((long)Forward.Tiles * shard / Shards), (int)((long)Forward.Tiles * (shard + 1) / Shards));

    /// <summary>Where the sums of a pair and plane of a part start in a position.</summary>
    public int Cell(int pair, int plane) => ((pair * _planesTogether) + plane) * CellLength;

    /// <summary>Where the first shard's sums of a pair and plane start among the sums of all parts.</summary>
    public nint PlaceOf(int pair, int plane)
    {
        (int pairGroup, int pairPlace) = Math.DivRem(pair, _pairsTogether);
        (int planeGroup, int planePlace) = Math.DivRem(plane, _planesTogether);
        return ((nint)((pairGroup * PlaneGroups) + planeGroup) * Shards * SumsLength) + Cell(pairPlace, planePlace);
    }

    /// <summary>Whether a gradient is computed so: where the forward is, and where there are enough tiles.</summary>
    public static bool Suits(ConvolutionShape shape)
    {
        long tiles = (long)shape.Batch * ((shape.OutputHeight + 1) / 2) * ((shape.OutputWidth + 1) / 2);
        return WinogradLayout.Suits(shape) && tiles >= (Math.Min(shape.OutputHeight, shape.OutputWidth) < SmallImage ? ManyTiles : FewTiles);
    }

    private static int Groups(int count, int together) => (count + together - 1) / together;

    private static (int First, int End) Range(int group, int together, int count) => (Math.Min(group * together, count), Math.Min((group + 1) * together, count));
}
