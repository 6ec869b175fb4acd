using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>A <see cref="ChannelNormalization"/> whose memory is held in place, as tasks see it; null scales for none.</summary>
internal unsafe struct HeldNormalization
{
    public float* Scale;
    public float* Shift;
    public float Minimum;
    public float Maximum;

    public readonly bool IsNeeded => Scale != null;

    /// <summary>The part of some channels, the first of which is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly LaneNormalization<TLanes> For<TLanes>(int channel)
        where TLanes : struct, ILanes<TLanes> => Scale == null ? new() { IsOpen = true } : new()
        {
            Scale = TLanes.Load(ref Scale[channel]),
            Shift = TLanes.Load(ref Shift[channel]),
            Minimum = TLanes.Create(Minimum),
            Maximum = TLanes.Create(Maximum),
        };

    /// <summary>Normalizes consecutive pixels of one block.</summary>
    /// <param name="x">The pixels.</param>
    /// <param name="block">Their block of channels.</param>
    /// <param name="pixels">How many.</param>
    /// <param name="y">Where they go.</param>
    public readonly void Copy(float* x, int block, int pixels, float* y)
    {
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                Copy<Lanes512>(x, block, pixels, y);
                break;
            case InstructionSet.Vector256:
                Copy<Lanes256>(x, block, pixels, y);
                break;
            case InstructionSet.Vector128:
                Copy<Lanes128>(x, block, pixels, y);
                break;
            default:
                Copy<ScalarLanes>(x, block, pixels, y);
                break;
        }
    }

    /// <summary>The same in lanes that are settled already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Copy<TLanes>(float* x, int block, int pixels, float* y)
        where TLanes : struct, ILanes<TLanes>
    {
        nint end = (nint)pixels * ChannelBlocks.Size;
        for (int lane = 0; lane < ChannelBlocks.Size; lane += TLanes.Count)
        {
            var part = For<TLanes>((block * ChannelBlocks.Size) + lane);
            for (nint i = lane; i < end; i += ChannelBlocks.Size)
            {
                part.Apply(TLanes.Load(ref x[i])).Store(ref y[i]);
            }
        }
    }
}
