using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Filters [output, channel, 3, 3] to transformed weights [position][pair of output blocks][input plane][channel][16 or 32 outputs]. A task is a pair and a plane.</summary>
internal unsafe struct WinogradPacking : ILaneTask
{
    public ConvolutionShape Shape;
    public WinogradLayout Layout;
    public bool IsGradient;
    public float* Filters;
    public float* Packed;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>(int task)
        where TLanes : struct, ILanes<TLanes>
    {
        const int area = 9;
        (int pair, int plane) = Math.DivRem(task, Layout.Planes);
        int width = Math.Min(2, Layout.OutputBlocks - (2 * pair)) * ChannelBlocks.Size;

        // Made outputs and read channels: the input gradient reads outputs and makes channels, with the filters turned round.
        (int made, int read) = IsGradient ? (Shape.Channels, Shape.Outputs) : (Shape.Outputs, Shape.Channels);
        (nint madeStep, nint readStep) = IsGradient ? ((nint)area, (nint)area * Shape.Channels) : ((nint)area * Shape.Channels, area);
        int first = 2 * pair * ChannelBlocks.Size;
        int outputs = Math.Min(width, made - first);
        float* gathered = stackalloc float[area * 2 * ChannelBlocks.Size];
        float* target = Packed + ((nint)pair * Layout.Planes * ChannelBlocks.Size * 2 * ChannelBlocks.Size) + ((nint)plane * ChannelBlocks.Size * width);
        for (int k = 0; k < ChannelBlocks.Size; k++, target += width)
        {
            int channel = (plane * ChannelBlocks.Size) + k;
            new Span<float>(gathered, area * width).Clear();
            float* source = Filters + (channel * readStep) + (first * madeStep);
            for (int output = 0; output < outputs && channel < read; output++, source += madeStep)
            {
                for (int element = 0; element < area; element++)
                {
                    gathered[((IsGradient ? area - 1 - element : element) * width) + output] = source[element];
                }
            }

            WinogradTransforms.Filter<TLanes>(gathered, width, target, Layout.PositionWeights);
        }
    }
}
