namespace MedTune.Tensors;

/// <summary>How the gradient of a convolution's filters is cut into tasks. Nothing here decides how a result is rounded.</summary>
internal sealed class WeightGradientLayout
{
    /// <summary>Numbers an output is multiplied with (taps times channels) whose sums for a pair of output blocks take 20 KiB.</summary>
    private const int MostProducts = 160;

    /// <summary>Sums of a task that is one shard: 160 KiB, a part of the second-level cache.</summary>
    private const int ShardLimit = 40 << 10;

    /// <summary>Filters so small that every shard may have sums of its own, in floats: a megabyte, eight for all shards.</summary>
    private const long SmallFilters = 256 << 10;

    /// <summary>With fewer tasks than this the shards become tasks too.</summary>
    private const int FewTasks = 24;

    /// <summary>Bytes of input and output gradient that one band of rows reads: they stay in the first-level cache while all taps read them.</summary>
    private const int BandLimit = 40 << 10;

    /// <summary>The same where windows are single pixels: they are read twice only, and long stretches come faster from far memory.</summary>
    private const int PixelBandLimit = 160 << 10;

    private readonly int _pairsTogether;
    private readonly int _planesTogether;
    private readonly int _tapsTogether;

    public WeightGradientLayout(ConvolutionShape shape)
    {
        Shape = shape;
        var forward = ConvolutionPass.Forward(shape);
        (Taps, Run) = ([.. forward.Taps], forward.Run);
        Unit = shape.IsPlanar ? 1 : ChannelBlocks.Size;
        Planes = shape.IsPlanar ? shape.Channels : ChannelBlocks.Count(shape.Channels);
        OutputBlocks = ChannelBlocks.Count(shape.Outputs);
        ShardStarts = SampleShardRange.Filled(shape.Batch);
        _tapsTogether = Math.Clamp(MostProducts / Run, 1, Taps.Length);
        (_pairsTogether, _planesTogether) = (1, Math.Clamp(MostProducts / (_tapsTogether * Run), 1, Planes));
        SharesShards = Tasks < FewTasks || (long)Planes * Taps.Length * Run * Pairs * 2 * ChannelBlocks.Size <= SmallFilters;
        if (SharesShards)
        {
            (_pairsTogether, _planesTogether) = LeastTraffic();
        }

        int rowBytes = shape.OutputWidth * ((sizeof(float) * Unit * shape.StrideWidth * shape.StrideHeight) + (2 * sizeof(float) * ChannelBlocks.Size));
        int limit = shape.FilterArea == 1 && !shape.IsPlanar ? PixelBandLimit : BandLimit;
        int rows = Math.Clamp(limit / rowBytes, 1, shape.OutputHeight);
        int bands = (shape.OutputHeight + rows - 1) / rows;
        BandRows = (shape.OutputHeight + bands - 1) / bands;
        ImagesTogether = bands > 1 || shape.IsPlanar ? 1 : Math.Max(1, limit / (rowBytes * shape.OutputHeight));
    }

    public ConvolutionShape Shape { get; }

    public ConvolutionTap[] Taps { get; }

    /// <summary>Consecutive numbers a tap reads.</summary>
    public int Run { get; }

    /// <summary>Numbers of a pixel in an input plane: 16 or 1.</summary>
    public int Unit { get; }

    /// <summary>Input planes: blocks of channels, or channels of a planar image.</summary>
    public int Planes { get; }

    public int OutputBlocks { get; }

    /// <summary>Pairs of output blocks; the last may be a single one.</summary>
    public int Pairs => (OutputBlocks + 1) / 2;

    /// <summary>Where the shards start, and the batch size.</summary>
    public int[] ShardStarts { get; }

    public int Shards => ShardStarts.Length - 1;

    /// <summary>Whether every task does one shard, so that sums of all shards lie in scratch memory, or all of them one after the other.</summary>
    public bool SharesShards { get; }

    /// <summary>Rows of a band of an image.</summary>
    public int BandRows { get; }

    /// <summary>Images whose bands are done together, where a band is a whole image.</summary>
    public int ImagesTogether { get; }

    /// <summary>Parts of the filters, each of which is a task or one for every shard.</summary>
    public int Tasks => Groups(Pairs, _pairsTogether) * Groups(Planes, _planesTogether) * Groups(Taps.Length, _tapsTogether);

    /// <summary>Sums of a plane and pair: [tap][number of the run][32 outputs].</summary>
    public int PlaneLength => _tapsTogether * Run * 2 * ChannelBlocks.Size;

    /// <summary>Sums of a task and shard: [pair][plane] of <see cref="PlaneLength"/>.</summary>
    public int PartialLength => _pairsTogether * _planesTogether * PlaneLength;

    public WeightGradientPart Part(int task)
    {
        (int rest, int taps) = Math.DivRem(task, Groups(Taps.Length, _tapsTogether));
        (int pairs, int planes) = Math.DivRem(rest, Groups(Planes, _planesTogether));
        return new WeightGradientPart(Range(pairs, _pairsTogether, Pairs), Range(planes, _planesTogether, Planes), Range(taps, _tapsTogether, Taps.Length));
    }

    private static int Groups(int count, int together) => (count + together - 1) / together;

    private static (int First, int End) Range(int group, int together, int count) => (group * together, Math.Min((group + 1) * together, count));

    /// <summary>Pairs and planes of a task such that input and output gradient are read from far memory as few times as can be.</summary>
    private (int Pairs, int Planes) LeastTraffic()
    {
        int most = Math.Max(1, ShardLimit / PlaneLength);
        var best = (Pairs: 1, Planes: 1, Cost: double.PositiveInfinity);
        for (int planes = 1; planes <= Math.Min(Planes, most); planes++)
        {
            int pairs = Math.Min(Pairs, most / planes);
            double cost = ((double)Shape.InputLength * Groups(Pairs, pairs)) + ((double)Shape.OutputLength * Groups(Planes, planes));
            best = cost < best.Cost ? (pairs, planes, cost) : best;
        }

        return (best.Pairs, best.Planes);
    }
}
