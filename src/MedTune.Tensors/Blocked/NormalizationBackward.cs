using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The way back through a batch normalization of blocked images, in two sweeps: sums over samples and pixels, then the gradient by x.</summary>
/// <remarks>Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.</remarks>
public sealed unsafe class NormalizationBackward
{
    private const int Size = ChannelBlocks.Size;

    private readonly BlockedImage _image;
    private readonly int[] _shards;
    private readonly double[] _sums;

    /// <summary>Prepares for fixed sizes.</summary>
    public NormalizationBackward(BlockedImage image)
    {
        _image = image;
        _shards = SampleShardRange.Filled(image.Batch);
        _sums = new double[GradientSums.Length(Shards, image.Blocks)];
    }

    private int Shards => _shards.Length - 1;

    /// <summary>Gradients by the scale and the shift of every channel, and the rest of the table.</summary>
    /// <param name="g">The gradient that arrives.</param>
    /// <param name="x">The images that were normalized.</param>
    /// <param name="table">What <see cref="NormalizationTable.Begin"/> filled in; slopes and constants are added.</param>
    /// <param name="scale">The channels' scales, filled up to whole blocks.</param>
    /// <param name="dScale">Per channel, filled up to whole blocks.</param>
    /// <param name="dShift">Likewise.</param>
    /// <param name="isBatch">Whether mean and variance are the batch's own, so that x moves them too.</param>
    /// <param name="minimum">Lower bound of what followed: a gradient counts where the normalized x lay above it.</param>
    /// <param name="maximum">Upper bound.</param>
    /// <param name="pool">The threads.</param>
    public void Sums(
        ReadOnlySpan<float> g,
        ReadOnlySpan<float> x,
        Span<float> table,
        ReadOnlySpan<float> scale,
        Span<float> dScale,
        Span<float> dShift,
        bool isBatch,
        float minimum,
        float maximum,
        TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(g, x, table);
        fixed (float* gradient = g, input = x, rows = table)
        fixed (double* sums = _sums)
        {
            var held = new HeldTable { Table = rows, Channels = _image.Blocks * Size, Minimum = minimum, Maximum = maximum };
            var job = new SumJob { Of = this, G = gradient, X = input, Sums = new GradientSums { Sums = sums, Blocks = _image.Blocks, Shards = Shards, Table = held } };
            LaneTasks.Run(pool, Shards * _image.Blocks, job);
            job.Sums.Finish(scale, isBatch ? (double)_image.Batch * _image.Area : 0, dScale, dShift);
        }
    }

    /// <summary>The gradient by x.</summary>
    /// <param name="g">The gradient that arrives.</param>
    /// <param name="x">The images that were normalized.</param>
    /// <param name="table">The whole table.</param>
    /// <param name="dx">Written over; may be g itself.</param>
    /// <param name="minimum">Lower bound of what followed.</param>
    /// <param name="maximum">Upper bound.</param>
    /// <param name="pool">The threads.</param>
    public void Input(ReadOnlySpan<float> g, ReadOnlySpan<float> x, ReadOnlySpan<float> table, Span<float> dx, float minimum, float maximum, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(g, x, table);
        if (dx.Length != g.Length)
        {
            throw new ArgumentException($"Room for {dx.Length} values was given; {g.Length} are needed.", nameof(dx));
        }

        fixed (float* gradient = g, input = x, rows = table, output = dx)
        {
            var held = new HeldTable { Table = rows, Channels = _image.Blocks * Size, Minimum = minimum, Maximum = maximum };
            LaneTasks.Run(pool, _image.Batch * _image.Blocks, new InputJob { Image = _image, G = gradient, X = input, Dx = output, Table = held });
        }
    }

    private void Require(ReadOnlySpan<float> g, ReadOnlySpan<float> x, ReadOnlySpan<float> table)
    {
        if (g.Length != _image.Length || x.Length != _image.Length || table.Length != NormalizationTable.Rows * _image.Blocks * Size)
        {
            throw new ArgumentException($"{g.Length} gradients, {x.Length} values and a table of {table.Length} were given, which do not fit the images' sizes.");
        }
    }

    private struct SumJob : ILaneTask
    {
        public NormalizationBackward Of;
        public float* G;
        public float* X;
        public GradientSums Sums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes>(int task)
            where TLanes : struct, ILanes<TLanes>
        {
            var image = Of._image;
            (int shard, int block) = Math.DivRem(task, image.Blocks);
            Sums.Clear(task);
            for (int sample = Of._shards[shard]; sample < Of._shards[shard + 1]; sample++)
            {
                nint plane = (((nint)sample * image.Blocks) + block) * image.PlaneLength;
                Sums.Add<TLanes>(task, G + plane, X + plane, image.Area);
            }
        }
    }

    private struct InputJob : ILaneTask
    {
        public BlockedImage Image;
        public float* G;
        public float* X;
        public float* Dx;
        public HeldTable Table;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TLanes>(int task)
            where TLanes : struct, ILanes<TLanes>
        {
            nint place = (nint)task * Image.PlaneLength;
            Table.Input<TLanes>(G + place, X + place, task % Image.Blocks, Image.Area, Dx + place);
        }
    }
}
