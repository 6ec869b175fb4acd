using System.Runtime.InteropServices;

namespace MedTune.Data.Images;

/// <summary>8-bit JPEG decoded by libturbojpeg.</summary>
internal static unsafe class TurboJpegImages
{
    private const int Grey = 6; // TJPF_GRAY
    private const int RedGreenBlue = 0; // TJPF_RGB
    private const int GreyColours = 2; // TJCS_GRAY
    private const int StopOnWarning = 8192;
    private const int AccurateTransform = 4096;

    /// <summary>The picture of a JPEG stream: grey, or red-green-blue.</summary>
    /// <param name="data">From the start-of-image marker on.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="DataException">The stream is broken or too large, or libturbojpeg is missing.</exception>
    public static RawPicture Read(ReadOnlySpan<byte> data, string where)
    {
        NativeLibraries.Require(NativeLibraries.TurboJpeg, where, "a JPEG picture");
        nint handle = TurboJpegCalls.Create();
        if (handle == 0)
        {
            throw new DataException($"{where}: libturbojpeg is installed but does not start; install it anew.");
        }

        try
        {
            fixed (byte* start = data)
            {
                return Read(handle, start, new CULong((nuint)data.Length), where);
            }
        }
        finally
        {
            _ = TurboJpegCalls.Destroy(handle);
        }
    }

    private static RawPicture Read(nint handle, byte* start, CULong length, string where)
    {
        if (TurboJpegCalls.ReadHeader(handle, start, length, out int width, out int height, out _, out int colours) != 0)
        {
            throw Broken(where);
        }

        int channels = colours == GreyColours ? 1 : 3;
        PictureLimits.Check(width, height, channels, where);
        byte[] samples = new byte[width * height * channels];
        fixed (byte* into = samples)
        {
            int format = channels == 1 ? Grey : RedGreenBlue;
            if (TurboJpegCalls.Decode(handle, start, length, into, width, width * channels, height, format, StopOnWarning | AccurateTransform) != 0)
            {
                throw Broken(where);
            }
        }

        return new RawPicture(width, height, channels, false, false, 8, 1, Array.ConvertAll(samples, sample => (float)sample));
    }

    private static DataException Broken(string where) =>
        new($"{where}: its JPEG picture is cut short or damaged, so it cannot be decoded: get the file again from where it came from, or leave it out.");
}
