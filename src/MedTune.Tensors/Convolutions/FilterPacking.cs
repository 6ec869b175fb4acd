using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Filters [output, channel, row, column] to [pair of output blocks][input plane][tap][number of the run][16 or 32 outputs]. A task is a pair and a plane.</summary>
internal readonly unsafe struct FilterPacking
{
    private readonly ConvolutionShape _shape;
    private readonly PassLayout _layout;
    private readonly bool _isGradient;
    private readonly float* _filters;
    private readonly float* _packed;

    public FilterPacking(ConvolutionShape shape, PassLayout layout, bool isGradient, float* filters, float* packed)
    {
        _shape = shape;
        _layout = layout;
        _isGradient = isGradient;
        _filters = filters;
        _packed = packed;
    }

    public int Tasks => _layout.IsEmpty ? 0 : _layout.Pairs * _layout.Planes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int task)
    {
        (int pair, int plane) = Math.DivRem(task, _layout.Planes);
        int width = Math.Min(2, _layout.OutputBlocks - (2 * pair)) * ChannelBlocks.Size;
        var pass = _layout.Pass;
        float* w = _packed + ((nint)pair * _layout.PairWeights) + ((nint)plane * _layout.Taps.Length * pass.Run * width);

        // Made outputs and read channels: the input gradient reads outputs and makes channels.
        int made = _isGradient ? _shape.Channels : _shape.Outputs;
        int read = _isGradient ? _shape.Outputs : _shape.Channels;
        nint madeStep = (nint)_shape.FilterArea * (_isGradient ? 1 : _shape.Channels);
        nint readStep = (nint)_shape.FilterArea * (_isGradient ? _shape.Channels : 1);
        int outputs = Math.Min(width, made - (2 * pair * ChannelBlocks.Size));
        bool isRow = _layout.Unit == 1;
        foreach (var tap in _layout.Taps)
        {
            for (int k = 0; k < pass.Run; k++, w += width)
            {
                // The run goes along channels in blocks, along a filter's row in planes.
                int channel = isRow ? plane : (plane * ChannelBlocks.Size) + k;
                int filled = channel < read ? outputs : 0;
                float* source = _filters + (channel * readStep) + tap.Filter + (isRow ? k : 0) + (2 * pair * ChannelBlocks.Size * madeStep);
                for (int output = 0; output < filled; output++)
                {
                    w[output] = source[output * madeStep];
                }

                new Span<float>(w + filled, width - filled).Clear();
            }
        }
    }
}
