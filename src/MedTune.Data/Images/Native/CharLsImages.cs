using System.Runtime.InteropServices;

namespace MedTune.Data.Images;

/// <summary>JPEG-LS decoded by CharLS.</summary>
internal static unsafe class CharLsImages
{
    private const int Planes = 0; // CHARLS_INTERLEAVE_MODE_NONE: one channel after the other

    /// <summary>The samples of a JPEG-LS stream, as stored (unsigned; the caller knows the sign).</summary>
    /// <param name="data">From the start-of-image marker on.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="DataException">The stream is broken or too large, or libcharls is missing.</exception>
    public static RawPicture Read(ReadOnlySpan<byte> data, string where)
    {
        NativeLibraries.Require(NativeLibraries.CharLs, where, "a JPEG-LS picture");
        nint decoder = CharLsCalls.Create();
        try
        {
            fixed (byte* start = data)
            {
                return Read(decoder, start, (nuint)data.Length, where);
            }
        }
        finally
        {
            CharLsCalls.Destroy(decoder);
        }
    }

    private static RawPicture Read(nint decoder, byte* start, nuint length, string where)
    {
        int interleaving = 0;
        CharLsCalls.FrameDescription frame = default;
        bool isOpen = CharLsCalls.SetSource(decoder, start, length) == 0 && CharLsCalls.ReadHeader(decoder) == 0
            && CharLsCalls.GetFrame(decoder, out frame) == 0 && CharLsCalls.GetInterleaving(decoder, out interleaving) == 0;
        if (!isOpen || frame.Components is not (1 or 3) || frame.Bits is < 2 or > 16)
        {
            throw Broken(where);
        }

        PictureLimits.Check(frame.Width, frame.Height, frame.Components, where);
        int width = frame.Bits > 8 ? 2 : 1;
        int count = (int)frame.Width * (int)frame.Height * frame.Components;
        byte[] samples = new byte[(long)count * width];
        fixed (byte* into = samples)
        {
            if (CharLsCalls.Decode(decoder, into, (nuint)samples.Length, 0) != 0)
            {
                throw Broken(where);
            }
        }

        return new RawPicture((int)frame.Width, (int)frame.Height, frame.Components, false, false, width * 8, 1, Ordered(samples, width, frame, interleaving));
    }

    /// <summary>The samples as floats, the channels of a pixel together.</summary>
    private static float[] Ordered(byte[] samples, int width, CharLsCalls.FrameDescription frame, int interleaving)
    {
        (int pixels, int channels) = ((int)frame.Width * (int)frame.Height, frame.Components);
        float[] values = new float[pixels * channels];
        ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(samples);
        for (int i = 0; i < values.Length; i++)
        {
            int from = interleaving == Planes ? (i % channels * pixels) + (i / channels) : i;
            values[i] = width == 2 ? words[from] : samples[from];
        }

        return values;
    }

    private static DataException Broken(string where) =>
        new($"{where}: its JPEG-LS picture is cut short or damaged, so it cannot be decoded: get the file again from where it came from, or leave it out.");
}
