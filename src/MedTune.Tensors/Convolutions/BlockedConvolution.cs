namespace MedTune.Tensors;

/// <summary>
/// A convolution in the blocked layout (<see cref="ChannelBlocks"/>), or its gradient by the input, compiled for fixed sizes. Every output is one chain of
/// fused multiply-adds over (block of 16 input channels, filter row, filter column, channel), zeros of the padding included.
/// </summary>
/// <remarks>Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.</remarks>
public sealed unsafe class BlockedConvolution
{
    private readonly ConvolutionShape _shape;
    private readonly bool _isGradient;
    private readonly WinogradLayout? _winograd;
    private readonly PassLayout[] _passes;
    private readonly int[] _starts;

    private BlockedConvolution(ConvolutionShape shape, bool isGradient)
    {
        (_shape, _isGradient) = (shape, isGradient);
        _winograd = new WinogradLayout(shape, isGradient);
        (_passes, _starts) = ([], [0]);
    }

    private BlockedConvolution(ConvolutionShape shape, bool isGradient, IEnumerable<PassLayout> passes)
    {
        _shape = shape;
        _isGradient = isGradient;
        _passes = [.. passes];
        _starts = new int[_passes.Length + 1];
        for (int pass = 0; pass < _passes.Length; pass++)
        {
            _starts[pass + 1] = checked(_starts[pass] + _passes[pass].Weights);
        }
    }

    /// <summary>Floats that the packed filters take.</summary>
    public int PackedLength => _winograd?.Weights ?? _starts[^1];

    /// <summary>Floats of scratch memory a run with so many threads needs.</summary>
    public int ScratchLength(int threads) => _winograd is null ? 0 : checked(threads * _winograd.SlotLength);

    /// <summary>Whether its input can be one that is normalized as it is read: a forward whose windows are single pixels, one beside the other.</summary>
    public bool TakesNormalization => !_isGradient && _winograd is null && _passes is [{ IsEmpty: false, IsPadded: false, Rows: 1, Taps.Length: 1, Pass.Step: (1, 1), Unit: ChannelBlocks.Size }];

    /// <summary>Whether it can tell the moments of what it writes.</summary>
    public bool GivesMoments => !_isGradient && _winograd is null;

    /// <summary>Doubles that <see cref="ChannelMoments.Parts"/> takes.</summary>
    public int MomentsLength => GivesMoments ? checked(_shape.Batch * _passes[0].OutputBlocks * _passes[0].Bands * MomentParts.PartLength) : 0;

    /// <summary>Most columns of a planar image's filter, and most elements of any filter, that the blocked loops take.</summary>
    private const int MostFilterColumns = 16;

    private const int MostFilterArea = 256;

    /// <summary>Most columns of a planar image: a few of its rows are copied to the stack.</summary>
    private const int MostPlanarWidth = 1 << 13;

    /// <summary>Whether the sizes suit blocks: filters so large, or so far spread, that one window would not fit a task's memory are left to other code.</summary>
    public static bool Fits(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long rows = ((shape.FilterHeight - 1L) * shape.DilationHeight) + 1;
        long columns = ((shape.FilterWidth - 1L) * shape.DilationWidth) + 1;
        return shape.FilterArea <= MostFilterArea && PassLayout.Fits(rows, columns, ChannelBlocks.Size)
            && !(shape.IsPlanar && (shape.FilterWidth > MostFilterColumns || (long)shape.OutputWidth * shape.StrideWidth > MostPlanarWidth));
    }

    /// <summary>The forward: from x, blocked or planar, to a blocked y.</summary>
    public static BlockedConvolution Forward(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (WinogradLayout.Suits(shape))
        {
            return new BlockedConvolution(shape, false);
        }

        var layout = new PassLayout(
            ConvolutionPass.Forward(shape),
            shape.Channels,
            shape.IsPlanar ? 1 : ChannelBlocks.Size,
            (shape.Height, shape.Width),
            shape.Outputs,
            (shape.OutputHeight, shape.OutputWidth));
        return new BlockedConvolution(shape, false, [layout]);
    }

    /// <summary>The gradient by the input: from a blocked dy to a blocked dx.</summary>
    /// <exception cref="ArgumentException">The input is planar.</exception>
    public static BlockedConvolution InputGradient(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.IsPlanar)
        {
            throw new ArgumentException("The gradient by a planar input is not computed in blocks.", nameof(shape));
        }

        if (WinogradLayout.Suits(shape))
        {
            return new BlockedConvolution(shape, true);
        }

        return new BlockedConvolution(shape, true, ConvolutionPass.InputGradient(shape).Select(pass => new PassLayout(
            pass,
            shape.Outputs,
            ChannelBlocks.Size,
            (shape.OutputHeight, shape.OutputWidth),
            shape.Channels,
            (shape.Height, shape.Width))));
    }

    /// <summary>Brings filters into the order in which the tiles read them; to be done again whenever they change.</summary>
    /// <param name="filters">[Outputs, Channels, FilterHeight, FilterWidth].</param>
    /// <param name="packed"><see cref="PackedLength"/> floats.</param>
    /// <param name="pool">The threads.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Pack(ReadOnlySpan<float> filters, Span<float> packed, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        Require(filters.Length, _shape.Outputs * _shape.Channels * _shape.FilterArea, nameof(filters));
        Require(packed.Length, PackedLength, nameof(packed));
        fixed (float* source = filters, destination = packed)
        {
            if (_winograd is not null)
            {
                var transform = new WinogradPacking { Shape = _shape, Layout = _winograd, IsGradient = _isGradient, Filters = source, Packed = destination };
                LaneTasks.Run(pool, _winograd.Pairs * _winograd.Planes, transform);
            }

            for (int pass = 0; pass < _passes.Length; pass++)
            {
                var packing = new FilterPacking(_shape, _passes[pass], _isGradient, source, destination + _starts[pass]);
                pool.Run(packing.Tasks, packing, static (work, task) => work.Run(task));
            }
        }
    }

    /// <summary>y = clamp(convolution + bias + addend, minimum, maximum).</summary>
    /// <param name="x">The blocked (or planar) input; for an input gradient the blocked gradient of the output.</param>
    /// <param name="packed">What <see cref="Pack"/> made.</param>
    /// <param name="y">The blocked output. Channels that fill up the last block become zero where bias and addend are.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats for the pool's threads.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="bias">Empty, or one number per output channel filled up with zeros to whole blocks.</param>
    /// <param name="addend">Empty, or a blocked tensor like y, not y itself.</param>
    /// <param name="minimum">Lower bound of y; 0 for a ReLU.</param>
    /// <param name="maximum">Upper bound of y.</param>
    /// <param name="reading">What x becomes as it is read, where <see cref="TakesNormalization"/>.</param>
    /// <param name="moments">Where the moments of y go, where <see cref="GivesMoments"/>.</param>
    /// <param name="place">Where the output lies in y; by default it is all of y. There is no addend otherwise.</param>
    /// <exception cref="ArgumentException">A length or the place does not fit.</exception>
    public void Run(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> packed,
        Span<float> y,
        Span<float> scratch,
        TaskPool pool,
        ReadOnlySpan<float> bias = default,
        ReadOnlySpan<float> addend = default,
        float minimum = float.NegativeInfinity,
        float maximum = float.PositiveInfinity,
        ChannelNormalization reading = default,
        ChannelMoments moments = default,
        BlockPlace place = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        int blocks = ChannelBlocks.Count(_isGradient ? _shape.Channels : _shape.Outputs);
        int all = place.All == 0 ? blocks : place.All;
        int blockLength = (_isGradient ? _shape.InputLength : _shape.OutputLength) / blocks;
        Require(x.Length, _isGradient ? _shape.OutputLength : _shape.InputLength, nameof(x));
        Require(y.Length, checked(blockLength * all), nameof(y));
        if (place.First < 0 || place.First + blocks > all || (all > blocks && !addend.IsEmpty))
        {
            throw new ArgumentException($"{blocks} blocks do not fit into {all} from block {place.First}, or there is an addend beside them.", nameof(place));
        }

        Require(packed.Length, PackedLength, nameof(packed));
        if (!bias.IsEmpty)
        {
            Require(bias.Length, ChannelBlocks.Padded(_isGradient ? _shape.Channels : _shape.Outputs), nameof(bias));
        }

        if (!addend.IsEmpty)
        {
            Require(addend.Length, y.Length, nameof(addend));
        }

        if (scratch.Length < ScratchLength(pool.Threads))
        {
            throw new ArgumentException($"{scratch.Length} floats of scratch memory were given; {pool.Threads} threads need {ScratchLength(pool.Threads)}.", nameof(scratch));
        }

        RequireFit(reading, moments);
        fixed (float* input = x, weights = packed, output = y, memory = scratch, shift = bias, added = addend)
        fixed (float* readScale = reading.Scale, readShift = reading.Shift, mean = moments.Mean, variance = moments.Variance)
        fixed (double* parts = moments.Parts)
        {
            float* first = output + ((nint)place.First * (_shape.Batch == 0 ? 0 : blockLength / _shape.Batch));
            var finish = new ConvolutionFinish { Bias = shift, Addend = added, Minimum = minimum, Maximum = maximum };
            if (_winograd is not null)
            {
                int* taken = stackalloc int[pool.Threads];
                new Span<int>(taken, pool.Threads).Clear();
                var work = new WinogradWork
                {
                    Layout = _winograd,
                    X = input,
                    W = weights,
                    Y = first,
                    SampleBlocks = all,
                    Finish = finish,
                    Groups = _winograd.Groups(pool.Threads),
                    Slots = new ThreadSlots(memory, _winograd.SlotLength, taken),
                };
                TileTasks.Run(pool, work.Tasks, work);
            }

            for (int pass = 0; pass < _passes.Length; pass++)
            {
                var work = new ConvolutionWork { Layout = _passes[pass], X = input, W = weights + _starts[pass], Y = first, SampleBlocks = all, Finish = finish, Groups = _passes[pass].Groups(_shape.Batch, pool.Threads) };
                work.Reading = new HeldNormalization { Scale = readScale, Shift = readShift, Minimum = reading.Minimum, Maximum = reading.Maximum };
                work.Moments = new MomentParts { Parts = mean == null ? null : parts, Bands = _passes[pass].Bands };
                Start(work, pool);
                work.Moments.Collect(_passes[pass].OutputBlocks, _shape.Batch, mean, variance, pool);
            }
        }
    }

    private void Start(ConvolutionWork work, TaskPool pool)
    {
        int tasks = work.Tasks(_shape.Batch);
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                pool.Run(tasks, work, static (work, task) => work.Run<ConvolutionTiles512>(task));
                break;
            case InstructionSet.Vector256:
                pool.Run(tasks, work, static (work, task) => work.Run<ConvolutionTiles256>(task));
                break;
            case InstructionSet.Vector128:
                pool.Run(tasks, work, static (work, task) => work.Run<ConvolutionTiles128>(task));
                break;
            default:
                pool.Run(tasks, work, static (work, task) => work.Run<ConvolutionTilesScalar>(task));
                break;
        }
    }

    private void RequireFit(ChannelNormalization reading, ChannelMoments moments)
    {
        reading.Require(ChannelBlocks.Padded(_shape.Channels));
        moments.Require(ChannelBlocks.Padded(_shape.Outputs), MomentsLength);
        if ((!reading.Scale.IsEmpty && !TakesNormalization) || (!moments.Mean.IsEmpty && !GivesMoments))
        {
            throw new ArgumentException("This convolution cannot normalize what it reads, or tell the moments of what it writes.", nameof(reading));
        }
    }

    private static void Require(int given, int expected, string name)
    {
        if (given != expected)
        {
            throw new ArgumentException($"{given} values were given; the convolution's sizes ask for {expected}.", name);
        }
    }
}
