namespace MedTune.Tensors;

/// <summary>
/// The blocked layout of images, [N, ceil(C / 16), H, W, 16]: the 16 channels of a block lie side by side, so that they fill a register whatever the
/// image's size. Channels that fill up the last block are zero in what is converted.
/// </summary>
public static class ChannelBlocks
{
    /// <summary>Channels of a block: a constant of the numerics profile.</summary>
    public const int Size = NumericsProfile.ChannelBlock;

    /// <summary>Blocks that hold so many channels.</summary>
    public static int Count(int channels) => (channels + Size - 1) / Size;

    /// <summary>Channels with those that fill up the last block.</summary>
    public static int Padded(int channels) => Count(channels) * Size;

    /// <summary>[N, C, area] to [N, ceil(C / 16), area, 16].</summary>
    /// <param name="planes">Input.</param>
    /// <param name="batch">N.</param>
    /// <param name="channels">C.</param>
    /// <param name="area">Pixels of a plane.</param>
    /// <param name="blocked">Output; unused channels become zero.</param>
    /// <param name="pool">The threads.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static unsafe void FromPlanes(ReadOnlySpan<float> planes, int batch, int channels, int area, Span<float> blocked, TaskPool pool)
    {
        Require(planes.Length, blocked.Length, batch, channels, area);
        fixed (float* source = planes, destination = blocked)
        {
            var job = new Conversion(source, destination, channels, area);
            pool.Run(batch * Count(channels), job, static (work, block) => work.ToBlock(block));
        }
    }

    /// <summary>[N, ceil(C / 16), area, 16] to [N, C, area].</summary>
    /// <param name="blocked">Input.</param>
    /// <param name="batch">N.</param>
    /// <param name="channels">C.</param>
    /// <param name="area">Pixels of a plane.</param>
    /// <param name="planes">Output.</param>
    /// <param name="pool">The threads.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static unsafe void ToPlanes(ReadOnlySpan<float> blocked, int batch, int channels, int area, Span<float> planes, TaskPool pool)
    {
        Require(planes.Length, blocked.Length, batch, channels, area);
        fixed (float* source = blocked, destination = planes)
        {
            var job = new Conversion(source, destination, channels, area);
            pool.Run(batch * Count(channels), job, static (work, block) => work.FromBlock(block));
        }
    }

    private static void Require(int planes, int blocked, int batch, int channels, int area)
    {
        if (planes != batch * channels * area || blocked != batch * Padded(channels) * area)
        {
            throw new ArgumentException($"{planes} and {blocked} values are not {batch} samples of {channels} channels of {area} pixels.", nameof(planes));
        }
    }

    /// <summary>One conversion; a task is one block of one sample.</summary>
    private readonly unsafe struct Conversion(float* source, float* destination, int channels, int area)
    {
        public void ToBlock(int block)
        {
            (int sample, int of) = Math.DivRem(block, Count(channels));
            float* planes = source + ((((nint)sample * channels) + (of * Size)) * area);
            float* y = destination + ((nint)block * area * Size);
            int used = Math.Min(Size, channels - (of * Size));
            if (used < Size)
            {
                new Span<float>(y, area * Size).Clear();
            }

            for (int channel = 0; channel < used; channel++)
            {
                float* x = planes + ((nint)channel * area);
                for (int pixel = 0; pixel < area; pixel++)
                {
                    y[(pixel * Size) + channel] = x[pixel];
                }
            }
        }

        public void FromBlock(int block)
        {
            (int sample, int of) = Math.DivRem(block, Count(channels));
            float* planes = destination + ((((nint)sample * channels) + (of * Size)) * area);
            float* x = source + ((nint)block * area * Size);
            int used = Math.Min(Size, channels - (of * Size));
            for (int channel = 0; channel < used; channel++)
            {
                float* y = planes + ((nint)channel * area);
                for (int pixel = 0; pixel < area; pixel++)
                {
                    y[pixel] = x[(pixel * Size) + channel];
                }
            }
        }
    }

    /// <summary>Into how many parts sums over channels cut each block: 2 where the last block's second half is empty and so need not be summed, 1 otherwise.</summary>
    internal static int Parts(int channels) => channels % Size is > 0 and <= Size / 2 ? 2 : 1;
}
