namespace MedTune.Tensors;

/// <summary>
/// A depthwise convolution on blocked images together with the convolutions of single pixels before and after it, as MobileNets chain them (Sandler and others,
/// MobileNetV2, CVPR 2018): band by band of rows, so that the wide images between them never leave the cache. The bits are those of one after the other.
/// </summary>
/// <remarks>Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.</remarks>
public sealed unsafe class SeparableConvolution
{
    private readonly SeparableLayout _layout;

    /// <summary>Prepares for fixed sizes.</summary>
    /// <param name="expand">The convolution before; null for none.</param>
    /// <param name="depthwise">The depthwise convolution.</param>
    /// <param name="project">The convolution after; null for none.</param>
    /// <exception cref="ArgumentException">The sizes do not follow each other, or expand or project has a window, steps or padding.</exception>
    public SeparableConvolution(ConvolutionShape? expand, ConvolutionShape depthwise, ConvolutionShape? project)
    {
        ArgumentNullException.ThrowIfNull(depthwise);
        bool fits = depthwise.Channels == depthwise.Outputs && !depthwise.IsPlanar
            && (expand is null || (IsOfPixels(expand) && (expand.Batch, expand.Outputs, expand.OutputHeight, expand.OutputWidth) == (depthwise.Batch, depthwise.Channels, depthwise.Height, depthwise.Width)))
            && (project is null || (IsOfPixels(project) && (project.Batch, project.Channels, project.Height, project.Width) == (depthwise.Batch, depthwise.Outputs, depthwise.OutputHeight, depthwise.OutputWidth)));
        if (!fits)
        {
            throw new ArgumentException("The convolutions' sizes do not follow each other, or one before or after the depthwise one reads more than single pixels.", nameof(depthwise));
        }

        _layout = new SeparableLayout(expand, depthwise, project);
    }

    /// <summary>Whether a convolution reads single pixels, each once, so that it may stand before or after the depthwise one.</summary>
    public static bool IsOfPixels(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return !shape.IsPlanar && shape.FilterArea == 1 && (shape.StrideHeight, shape.StrideWidth, shape.PadTop, shape.PadLeft) == (1, 1, 0, 0)
            && (shape.Height, shape.Width) == (shape.OutputHeight, shape.OutputWidth);
    }

    /// <summary>Floats of scratch memory a run with so many threads needs.</summary>
    public int ScratchLength(int threads) => checked(threads * _layout.SlotLength);

    /// <summary>Computes the chain.</summary>
    /// <param name="x">Blocked input of the first convolution.</param>
    /// <param name="expand">The convolution before, packed by <see cref="BlockedConvolution"/>; not read where there is none.</param>
    /// <param name="depthwise">The depthwise convolution, packed by <see cref="DepthwiseConvolution"/>.</param>
    /// <param name="project">The convolution after, packed by <see cref="BlockedConvolution"/>; not read where there is none.</param>
    /// <param name="addend">Empty, or a tensor like y that is added before the last bounds.</param>
    /// <param name="y">Blocked output of the last convolution.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats for the pool's threads.</param>
    /// <param name="pool">The threads.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Run(
        ReadOnlySpan<float> x, ConvolutionStage expand, ConvolutionStage depthwise, ConvolutionStage project, ReadOnlySpan<float> addend, Span<float> y, Span<float> scratch, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var shape = _layout.Depthwise;
        var (first, last) = (_layout.Expand ?? shape, _layout.Project ?? shape);
        if (x.Length != first.InputLength || y.Length != last.OutputLength || scratch.Length < ScratchLength(pool.Threads) || (addend.Length > 0 && addend.Length != y.Length)
            || depthwise.Filters.Length != _layout.Blocks * shape.FilterArea * ChannelBlocks.Size || !HasBiasFor(shape, depthwise)
            || !Fits(_layout.Expand, expand) || !Fits(_layout.Project, project))
        {
            throw new ArgumentException($"{x.Length}, {y.Length} and {scratch.Length} values, the filters or a bias do not fit the convolutions' sizes.", nameof(x));
        }

        fixed (float* input = x, output = y, memory = scratch, added = addend, expandW = expand.Filters, expandB = expand.Bias, filters = depthwise.Filters, bias = depthwise.Bias)
        fixed (float* projectW = project.Filters, projectB = project.Bias)
        {
            int* taken = stackalloc int[pool.Threads];
            new Span<int>(taken, pool.Threads).Clear();
            var work = new SeparableWork
            {
                Layout = _layout,
                X = input,
                Y = output,
                ExpandWeights = expandW,
                ExpandFinish = Finish(expand, expandB, null),
                Depthwise = new DepthwiseWork
                {
                    Blocks = _layout.Blocks,
                    FilterWidth = shape.FilterWidth,
                    FilterArea = shape.FilterArea,
                    Rows = _layout.Rows,
                    Columns = _layout.Columns,
                    W = filters,
                    Finish = Finish(depthwise, bias, _layout.Project is null ? added : null),
                },
                ProjectWeights = projectW,
                ProjectFinish = Finish(project, projectB, added),
                Slots = new ThreadSlots(memory, _layout.SlotLength, taken),
            };
            work.Depthwise.Prepare(_layout.BandRows);
            TileTasks.Run(pool, work.Tasks, work);
        }
    }

    private static ConvolutionFinish Finish(ConvolutionStage stage, float* bias, float* addend) =>
        new() { Bias = bias, Addend = addend, Minimum = stage.Minimum, Maximum = stage.Maximum };

    private static bool Fits(ConvolutionShape? shape, ConvolutionStage stage) =>
        shape is null || (stage.Filters.Length == ChannelBlocks.Padded(shape.Channels) * ChannelBlocks.Padded(shape.Outputs) && HasBiasFor(shape, stage));

    private static bool HasBiasFor(ConvolutionShape shape, ConvolutionStage stage) => stage.Bias.Length == 0 || stage.Bias.Length == ChannelBlocks.Padded(shape.Outputs);
}
