namespace MedTune.Tensors;

/// <summary>
/// The way back through normalization, depthwise convolution, normalization in one sweep: from the gradient behind the second normalization to the gradient of the convolution's input and of
/// its filters, and the sums of the first normalization's way back. What lies between stays in its thread's cache, a band of rows at a time.
/// </summary>
/// <remarks>Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.</remarks>
public sealed unsafe class DepthwiseBackward
{
    private const int Size = ChannelBlocks.Size;

    private readonly ConvolutionShape _shape;
    private readonly DepthwiseConvolution _convolution;
    private readonly int[] _shards;
    private readonly double[] _sums;

    /// <summary>Prepares for fixed sizes.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit (<see cref="Fits"/>).</exception>
    public DepthwiseBackward(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!Fits(shape))
        {
            throw new ArgumentException("The way back through this convolution is not computed in one sweep.", nameof(shape));
        }

        _shape = shape;
        _convolution = new DepthwiseConvolution(shape);
        _shards = SampleShardRange.Filled(shape.Batch);
        _sums = new double[GradientSums.Length(Shards, Blocks)];
    }

    /// <summary>Floats of scratch memory.</summary>
    public int ScratchLength => _convolution.ScratchLength;

    /// <summary>Floats of packed filters.</summary>
    public int PackedLength => _convolution.PackedLength;

    private int Shards => _shards.Length - 1;

    private int Blocks => ChannelBlocks.Count(_shape.Channels);

    /// <summary>Whether the sizes suit: filters of 3 x 3, one output row for every step of input rows, and bands that fit the stack.</summary>
    public static bool Fits(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Channels == shape.Outputs && !shape.IsPlanar && new DepthwiseConvolution(shape).TakesNormalization
            && shape.OutputHeight == (shape.Height + shape.StrideHeight - 1) / shape.StrideHeight && DepthwiseBackwardWork.Fits(shape);
    }

    /// <summary>Runs it.</summary>
    /// <param name="behind">The second normalization: arriving gradient, what it normalized, its whole table and its bounds.</param>
    /// <param name="packed">The filters as <see cref="DepthwiseConvolution.Pack"/> makes them.</param>
    /// <param name="before">The first normalization: its place for the gradient behind it, what it normalized, its begun table, its bounds.</param>
    /// <param name="filters">The gradient of the filters, [C, 1, rows, columns].</param>
    /// <param name="sums">What the first normalization's sums give.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats.</param>
    /// <param name="pool">The threads.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Run(NormalizationStage behind, ReadOnlySpan<float> packed, NormalizationStage before, Span<float> filters, NormalizationSums sums, Span<float> scratch, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        int table = NormalizationTable.Rows * Blocks * Size;
        behind.Require(_shape.OutputLength, table);
        before.Require(_shape.InputLength, table);
        sums.Require(Blocks * Size);
        if (packed.Length != PackedLength || scratch.Length < ScratchLength || filters.Length != _shape.Channels * _shape.FilterArea)
        {
            throw new ArgumentException($"{packed.Length} packed filters, {scratch.Length} floats of scratch memory and {filters.Length} filters do not fit the convolution's sizes.");
        }

        fixed (float* g = behind.Gradient, z = behind.Input, behindTable = behind.Table, w = packed, dy = before.Gradient, x = before.Input, beforeTable = before.Table, partial = scratch)
        fixed (double* totals = _sums)
        fixed (int* starts = _shards)
        {
            var first = new HeldTable { Table = beforeTable, Channels = Blocks * Size, Minimum = before.Minimum, Maximum = before.Maximum };
            var work = new DepthwiseBackwardWork
            {
                Shape = _shape,
                Blocks = Blocks,
                Starts = starts,
                G = g,
                Z = z,
                Behind = new HeldTable { Table = behindTable, Channels = Blocks * Size, Minimum = behind.Minimum, Maximum = behind.Maximum },
                Dy = dy,
                X = x,
                Before = first,
                Sums = new GradientSums { Sums = totals, Blocks = Blocks, Shards = Shards, Table = first },
                FilterSums = partial,
                Back = _convolution.BackwardWork(w),
            };
            work.Start(Shards, pool);
            work.Sums.Finish(sums.Scale, sums.IsBatch ? (double)_shape.Batch * _shape.Height * _shape.Width : 0, sums.ScaleGradient, sums.ShiftGradient);
            _convolution.CollectFilters(scratch, filters);
        }
    }
}
