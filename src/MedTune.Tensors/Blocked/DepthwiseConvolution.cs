namespace MedTune.Tensors;

/// <summary>
/// A convolution in which every channel has a filter of its own, on blocked images, with its gradients. Every output is one chain of fused multiply-adds over
/// (filter row, filter column); weight gradients are one chain over (sample, row, column) per shard, the shards added over one fixed tree.
/// </summary>
/// <remarks>Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.</remarks>
public sealed unsafe class DepthwiseConvolution
{
    private const int Size = ChannelBlocks.Size;

    private readonly ConvolutionShape _shape;
    private readonly DepthwiseAxis _rows;
    private readonly DepthwiseAxis _columns;
    private readonly DepthwiseAxis _backRows;
    private readonly DepthwiseAxis _backColumns;
    private readonly int[] _shards;

    /// <summary>Prepares for fixed sizes.</summary>
    /// <exception cref="ArgumentException">Channels and outputs differ, or the input is planar.</exception>
    public DepthwiseConvolution(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Channels != shape.Outputs || shape.IsPlanar)
        {
            throw new ArgumentException("A depthwise convolution has one output per blocked channel.", nameof(shape));
        }

        _shape = shape;
        _rows = DepthwiseAxis.Forward(shape.OutputHeight, shape.Height, shape.FilterHeight, shape.StrideHeight, shape.DilationHeight, shape.PadTop);
        _columns = DepthwiseAxis.Forward(shape.OutputWidth, shape.Width, shape.FilterWidth, shape.StrideWidth, shape.DilationWidth, shape.PadLeft);
        _backRows = DepthwiseAxis.Backward(shape.OutputHeight, shape.Height, shape.FilterHeight, shape.StrideHeight, shape.DilationHeight, shape.PadTop);
        _backColumns = DepthwiseAxis.Backward(shape.OutputWidth, shape.Width, shape.FilterWidth, shape.StrideWidth, shape.DilationWidth, shape.PadLeft);
        _shards = SampleShardRange.Filled(shape.Batch);
    }

    /// <summary>Floats of packed filters.</summary>
    public int PackedLength => Blocks * _shape.FilterArea * Size;

    /// <summary>Whether the input of forward and weight gradient can be one that is normalized as it is read.</summary>
    public bool TakesNormalization => ForwardWork().IsRegular && DepthwiseGradientRows.Fits(_shape);

    /// <summary>Doubles that <see cref="ChannelMoments.Parts"/> takes.</summary>
    public int MomentsLength => checked(_shape.Batch * Blocks * ForwardWork().Bands * MomentParts.PartLength);

    /// <summary>Floats of scratch memory that a weight gradient needs.</summary>
    public int ScratchLength => Math.Max(1, _shards.Length - 1) * PackedLength;

    private int Blocks => ChannelBlocks.Count(_shape.Channels);

    /// <summary>[C, 1, rows, columns] to [block][row][column][16], zeros filling up the last block.</summary>
    public void Pack(ReadOnlySpan<float> filters, Span<float> packed)
    {
        packed.Clear();
        for (int channel = 0; channel < _shape.Channels; channel++)
        {
            var filter = filters.Slice(channel * _shape.FilterArea, _shape.FilterArea);
            int place = Place(channel, 0);
            for (int tap = 0; tap < filter.Length; tap++, place += Size)
            {
                packed[place] = filter[tap];
            }
        }
    }

    /// <summary>y = clamp(convolution + bias + addend, minimum, maximum).</summary>
    /// <param name="x">Blocked input.</param>
    /// <param name="packed">What <see cref="Pack"/> made.</param>
    /// <param name="y">Blocked output.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="bias">Empty, or one number per channel filled up to whole blocks.</param>
    /// <param name="addend">Empty, or a tensor like y.</param>
    /// <param name="minimum">Lower bound of y; 0 for a ReLU.</param>
    /// <param name="maximum">Upper bound of y.</param>
    /// <param name="reading">What x becomes as it is read, where <see cref="TakesNormalization"/>.</param>
    /// <param name="moments">Where the moments of y go.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Forward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> packed,
        Span<float> y,
        TaskPool pool,
        ReadOnlySpan<float> bias = default,
        ReadOnlySpan<float> addend = default,
        float minimum = float.NegativeInfinity,
        float maximum = float.PositiveInfinity,
        ChannelNormalization reading = default,
        ChannelMoments moments = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(x.Length, y.Length, packed.Length);
        RequireReading(reading);
        moments.Require(Blocks * Size, moments.Mean.IsEmpty ? 0 : MomentsLength);
        fixed (float* input = x, filters = packed, output = y, shift = bias, added = addend)
        fixed (float* readScale = reading.Scale, readShift = reading.Shift, mean = moments.Mean, variance = moments.Variance)
        fixed (double* parts = moments.Parts)
        {
            var work = ForwardWork();
            work.X = input;
            work.W = filters;
            work.Y = output;
            work.Finish = new ConvolutionFinish { Bias = shift, Addend = added, Minimum = minimum, Maximum = maximum };
            work.Reading = new HeldNormalization { Scale = readScale, Shift = readShift, Minimum = reading.Minimum, Maximum = reading.Maximum };
            work.Moments = new MomentParts { Parts = mean == null ? null : parts, Bands = work.Bands };
            work.Start(_shape.Batch, pool);
            work.Moments.Collect(Blocks, _shape.Batch, mean, variance, pool);
        }
    }

    /// <summary>A forward without its memory, its tasks settled.</summary>
    private DepthwiseWork ForwardWork()
    {
        var work = new DepthwiseWork { Blocks = Blocks, FilterWidth = _shape.FilterWidth, FilterArea = _shape.FilterArea, Rows = _rows, Columns = _columns };
        work.Prepare();
        return work;
    }

    /// <summary>A gradient by the input without its images.</summary>
    internal DepthwiseWork BackwardWork(float* filters) => new()
    {
        Blocks = Blocks,
        FilterWidth = _shape.FilterWidth,
        FilterArea = _shape.FilterArea,
        Rows = _backRows,
        Columns = _backColumns,
        W = filters,
        Finish = new ConvolutionFinish { Minimum = float.NegativeInfinity, Maximum = float.PositiveInfinity },
    };

    /// <summary>The gradient by x.</summary>
    /// <param name="dy">Blocked gradient of the output.</param>
    /// <param name="packed">What <see cref="Pack"/> made.</param>
    /// <param name="dx">Blocked gradient of the input, written over.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="addend">Empty, or a tensor like dx to be added.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> packed, Span<float> dx, TaskPool pool, ReadOnlySpan<float> addend = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(dx.Length, dy.Length, packed.Length);
        fixed (float* gradient = dy, filters = packed, output = dx, added = addend)
        {
            var work = BackwardWork(filters);
            work.X = gradient;
            work.Y = output;
            work.Finish.Addend = added;
            work.Start(_shape.Batch, pool);
        }
    }

    /// <summary>The gradient by the filters, [C, 1, rows, columns].</summary>
    /// <param name="x">Blocked input of the forward.</param>
    /// <param name="dy">Blocked gradient of the output.</param>
    /// <param name="filters">Written over.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="reading">What x becomes as it is read, where <see cref="TakesNormalization"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void WeightGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> filters, Span<float> scratch, TaskPool pool, ChannelNormalization reading = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(x.Length, dy.Length, PackedLength);
        RequireReading(reading);
        int shards = _shards.Length - 1;
        fixed (float* input = x, gradient = dy, sums = scratch, scale = reading.Scale, shift = reading.Shift)
        fixed (int* starts = _shards)
        {
            var held = new HeldNormalization { Scale = scale, Shift = shift, Minimum = reading.Minimum, Maximum = reading.Maximum };
            var work = new DepthwiseGradientWork { Shape = _shape, Blocks = Blocks, Starts = starts, X = input, Dy = gradient, Sums = sums, Reading = held };
            work.Start(shards, pool);
        }

        CollectFilters(scratch, filters);
    }

    /// <summary>Adds up the shards' sums and writes the filters' gradient.</summary>
    internal void CollectFilters(Span<float> scratch, Span<float> filters)
    {
        int shards = _shards.Length - 1;
        if (shards == 0)
        {
            filters.Clear();
            return;
        }

        // Neighbors first, then pairs, then fours.
        for (int step = 1; step < shards; step *= 2)
        {
            for (int left = 0; left + step < shards; left += 2 * step)
            {
                var sum = scratch.Slice(left * PackedLength, PackedLength);
                ElementWise.Map<AddKernel>(sum, scratch.Slice((left + step) * PackedLength, PackedLength), sum);
            }
        }

        for (int i = 0; i < filters.Length; i++)
        {
            (int channel, int tap) = Math.DivRem(i, _shape.FilterArea);
            filters[i] = scratch[Place(channel, tap)];
        }
    }

    private int Place(int channel, int tap) => (((channel / Size * _shape.FilterArea) + tap) * Size) + (channel % Size);

    private void RequireReading(ChannelNormalization reading)
    {
        reading.Require(Blocks * Size);
        if (!reading.Scale.IsEmpty && !TakesNormalization)
        {
            throw new ArgumentException("This convolution cannot normalize what it reads.", nameof(reading));
        }
    }

    private void Require(int input, int output, int packed)
    {
        if (input != _shape.InputLength || output != _shape.OutputLength || packed != PackedLength)
        {
            throw new ArgumentException($"{input}, {output} and {packed} values do not fit the convolution's sizes.");
        }
    }
}
