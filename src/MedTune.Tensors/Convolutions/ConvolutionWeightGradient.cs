namespace MedTune.Tensors;

/// <summary>
/// The gradient of a convolution's filters: for each filter element the sum over samples and pixels of input times output gradient. Every shard of samples
/// gives one chain of fused multiply-adds over (sample, row, column); the shards are added over one fixed tree (<see cref="NumericsProfile.Shards"/>).
/// </summary>
/// <remarks>
/// For filters of 3 x 3 without steps, sums over tiles of pixels take their place: minimal filtering, in an order of its own that follows from the sizes alone.
/// Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.
/// </remarks>
public sealed unsafe class ConvolutionWeightGradient
{
    private readonly WeightGradientLayout _layout;
    private readonly WinogradGradientLayout? _minimal;

    /// <summary>Prepares for fixed sizes.</summary>
    public ConvolutionWeightGradient(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _layout = new WeightGradientLayout(shape);
        _minimal = !shape.IsDirect && WinogradGradientLayout.Suits(shape) ? new WinogradGradientLayout(shape) : null;
    }

    /// <summary>Whether the input can be one that is normalized as it is read: where windows are single pixels, one beside the other, and a band fits the stack.</summary>
    public bool TakesNormalization => _layout.Shape is { IsPlanar: false, FilterArea: 1, StrideHeight: 1, StrideWidth: 1, PadTop: 0, PadLeft: 0 }
        && (_layout.Shape.Height, _layout.Shape.Width) == (_layout.Shape.OutputHeight, _layout.Shape.OutputWidth)
        && (long)_layout.ImagesTogether * _layout.BandRows * _layout.Shape.Width <= MostPixels;

    /// <summary>Pixels of a band that a task normalizes on its stack: 128 KiB.</summary>
    private const int MostPixels = 2048;

    /// <summary>Floats of scratch memory a run with so many threads needs.</summary>
    public int ScratchLength(int threads) => _minimal is not null ? checked(_minimal.PartialsLength + (threads * _minimal.SlotLength)) : _layout.SharesShards ? checked(_layout.Tasks * _layout.Shards * _layout.PartialLength) : 0;

    /// <summary>Computes the gradient.</summary>
    /// <param name="x">The blocked (or planar) input of the forward.</param>
    /// <param name="dy">The blocked gradient of its output.</param>
    /// <param name="filters">[Outputs, Channels, FilterHeight, FilterWidth], written over.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats for the pool's threads.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="reading">What x becomes as it is read, where <see cref="TakesNormalization"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> filters, Span<float> scratch, TaskPool pool, ChannelNormalization reading = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var shape = _layout.Shape;
        if (x.Length != shape.InputLength || dy.Length != shape.OutputLength || filters.Length != shape.Outputs * shape.Channels * shape.FilterArea || scratch.Length < ScratchLength(pool.Threads))
        {
            throw new ArgumentException($"{x.Length}, {dy.Length}, {filters.Length} and {scratch.Length} values do not fit the convolution's sizes.", nameof(x));
        }

        reading.Require(ChannelBlocks.Padded(shape.Channels));
        if (!reading.Scale.IsEmpty && !TakesNormalization)
        {
            throw new ArgumentException("This convolution cannot normalize what it reads.", nameof(reading));
        }

        if (_layout.Shards == 0)
        {
            filters.Clear();
            return;
        }

        fixed (float* input = x, gradient = dy, output = filters, memory = scratch, scale = reading.Scale, shift = reading.Shift)
        {
            if (_minimal is not null)
            {
                RunMinimal(_minimal, input, gradient, output, memory, pool);
                return;
            }

            var work = new WeightGradientWork { Layout = _layout, X = input, Dy = gradient, Filters = output, Scratch = memory };
            work.Reading = new HeldNormalization { Scale = scale, Shift = shift, Minimum = reading.Minimum, Maximum = reading.Maximum };
            if (_layout.SharesShards)
            {
                pool.Run(_layout.Tasks * _layout.Shards, work, Choose(static (work, task) => work.SumShard<ConvolutionTiles512>(task), static (work, task) => work.SumShard<ConvolutionTiles256>(task), static (work, task) => work.SumShard<ConvolutionTiles128>(task), static (work, task) => work.SumShard<ConvolutionTilesScalar>(task)));
                pool.Run(_layout.Tasks, work, static (work, task) => work.Collect(task));
            }
            else
            {
                pool.Run(_layout.Tasks, work, Choose(static (work, task) => work.SumAll<ConvolutionTiles512>(task), static (work, task) => work.SumAll<ConvolutionTiles256>(task), static (work, task) => work.SumAll<ConvolutionTiles128>(task), static (work, task) => work.SumAll<ConvolutionTilesScalar>(task)));
            }
        }
    }

    private static void RunMinimal(WinogradGradientLayout layout, float* x, float* dy, float* filters, float* scratch, TaskPool pool)
    {
        int* taken = stackalloc int[pool.Threads];
        new Span<int>(taken, pool.Threads).Clear();
        var work = new WinogradGradientWork
        {
            Layout = layout,
            X = x,
            Dy = dy,
            Filters = filters,
            Partials = scratch,
            Slots = new ThreadSlots(scratch + layout.PartialsLength, layout.SlotLength, taken),
        };
        TileTasks.Run(pool, work.Tasks, work);
        if (layout.Shards > 1)
        {
            var sum = new WinogradGradientSum { Work = work };
            LaneTasks.Run(pool, sum.Tasks, sum);
        }
    }

    private static Action<WeightGradientWork, int> Choose(
        Action<WeightGradientWork, int> wide,
        Action<WeightGradientWork, int> middle,
        Action<WeightGradientWork, int> narrow,
        Action<WeightGradientWork, int> single) => InstructionSets.Active switch
        {
            InstructionSet.Vector512 => wide,
            InstructionSet.Vector256 => middle,
            InstructionSet.Vector128 => narrow,
            _ => single,
        };
}
