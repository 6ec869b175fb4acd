using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Data.Images;

/// <summary>Pictures decoded by libvips: PNG, JPEG, TIFF, WebP and JPEG 2000, in the depth they have.</summary>
internal static unsafe class VipsImages
{
    private const int UnsignedBytes = 0;
    private const int UnsignedWords = 2;
    private const int SignedWords = 3;
    private const int Cmyk = 15;
    private const int Srgb = 22;
    private const int EveryLevel = 0xFF;
    private const string NoFolder = "/nonexistent";

    private static readonly string[] Loaders = ["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadTiff", "VipsForeignLoadWebp", "VipsForeignLoadJp2k"];
    private static readonly bool IsStarted = Start();

    /// <summary>The picture in the bytes of a file.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="smallestSide">Where above 0, a JPEG is decoded at a half, a quarter or an eighth as long as both sides stay at least so long.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="DataException">The file is broken, too large or of a form that is not read, or libvips is missing.</exception>
    public static RawPicture Read(ReadOnlySpan<byte> data, int smallestSide, string where)
    {
        NativeLibraries.Require(NativeLibraries.Vips, where, "this picture");
        if (!IsStarted)
        {
            throw new DataException($"{where}: libvips is installed but does not start, so the picture cannot be read; install it anew.");
        }

        fixed (byte* start = data)
        {
            return Read(start, (nuint)data.Length, smallestSide, where);
        }
    }

    private static RawPicture Read(byte* start, nuint length, int smallestSide, string where)
    {
        string loader = Marshal.PtrToStringUTF8(VipsCalls.FindLoader(start, length)) ?? "";
        if (!Loaders.Any(known => loader.StartsWith(known, StringComparison.Ordinal)))
        {
            VipsCalls.ClearError();
            throw Broken(where);
        }

        bool isJpeg = loader.StartsWith("VipsForeignLoadJpeg", StringComparison.Ordinal);
        nint opened = Opened(start, length, "[fail_on=truncated]", where);
        int shrink = isJpeg ? Shrink(Math.Min(VipsCalls.Width(opened), VipsCalls.Height(opened)), smallestSide) : 1;
        if (shrink > 1)
        {
            VipsCalls.Release(opened);
            opened = Opened(start, length, $"[fail_on=truncated,shrink={shrink}]", where);
        }

        try
        {
            PictureLimits.Check(VipsCalls.Width(opened), VipsCalls.Height(opened), VipsCalls.Bands(opened), where);
            nint upright = Next(VipsCalls.Upright(opened, out nint turned, 0), turned, where);
            try
            {
                return VipsCalls.Interpretation(upright) == Cmyk ? Coloured(upright, where) : Copied(upright, where);
            }
            finally
            {
                VipsCalls.Release(upright);
            }
        }
        finally
        {
            VipsCalls.Release(opened);
        }
    }

    private static nint Opened(byte* start, nuint length, string options, string where)
    {
        nint opened = VipsCalls.Open(start, length, options, 0);
        if (opened == 0)
        {
            VipsCalls.ClearError();
            throw Broken(where);
        }

        return opened;
    }

    private static int Shrink(int side, int smallestSide)
    {
        int shrink = 1;
        while (smallestSide > 0 && shrink < 8 && side / (shrink * 2) >= smallestSide)
        {
            shrink *= 2;
        }

        return shrink;
    }

    private static RawPicture Coloured(nint image, string where)
    {
        nint converted = Next(VipsCalls.ConvertColour(image, out nint result, Srgb, 0), result, where);
        try
        {
            return Copied(converted, where);
        }
        finally
        {
            VipsCalls.Release(converted);
        }
    }

    private static nint Next(int failed, nint image, string where)
    {
        if (failed == 0)
        {
            return image;
        }

        VipsCalls.ClearError();
        throw Broken(where);
    }

    private static RawPicture Copied(nint image, string where)
    {
        (int width, int height, int bands, int format) = (VipsCalls.Width(image), VipsCalls.Height(image), VipsCalls.Bands(image), VipsCalls.Format(image));
        if (format is not (UnsignedBytes or UnsignedWords or SignedWords))
        {
            throw new DataException($"{where}: has samples that are neither 8 nor 16 bits deep: save it with whole numbers of 8 or 16 bits.");
        }

        bool hasAlpha = VipsCalls.HasAlpha(image) != 0;
        if (bands - (hasAlpha ? 1 : 0) is not (1 or 3))
        {
            throw new DataException($"{where}: has {bands} channels; a picture is grey or red-green-blue, with or without transparency: convert it.");
        }

        void* samples = VipsCalls.Samples(image, out nuint length);
        if (samples == null)
        {
            VipsCalls.ClearError();
            throw Broken(where);
        }

        try
        {
            long count = (long)width * height * bands;
            if ((long)length != count * (format == UnsignedBytes ? 1 : 2))
            {
                throw Broken(where);
            }

            float[] values = new float[count];
            Widen(samples, format, values);
            return new RawPicture(width, height, bands, hasAlpha, format == SignedWords, format == UnsignedBytes ? 8 : 16, VipsCalls.Pages(image), values);
        }
        finally
        {
            VipsCalls.Free(samples);
        }
    }

    private static void Widen(void* samples, int format, float[] values)
    {
        switch (format)
        {
            case UnsignedBytes:
                var bytes = new ReadOnlySpan<byte>(samples, values.Length);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = bytes[i];
                }

                break;
            case UnsignedWords:
                var words = new ReadOnlySpan<ushort>(samples, values.Length);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = words[i];
                }

                break;
            default:
                var signed = new ReadOnlySpan<short>(samples, values.Length);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = signed[i];
                }

                break;
        }
    }

    private static DataException Broken(string where) =>
        new($"{where}: is cut short or damaged, so it cannot be decoded: get the file again from where it came from, or leave it out.");

    private static bool Start()
    {
        // No add-ons, by looking for them where none are: they are loaded for all to see, and the Brotli one of them brings takes the place
        // of .NET's own, which then crashes. Nothing that is read here needs them.
        if (!NativeLibraries.Has(NativeLibraries.Vips) || VipsCalls.SetVariable("VIPSHOME", NoFolder, 1) == 0 || VipsCalls.Start("medtune") != 0)
        {
            return false;
        }

        // One thread a picture: pictures are decoded side by side. Nothing is kept, since no picture is read twice in a row.
        VipsCalls.SetThreads(1);
        VipsCalls.SetCache(0);
        VipsCalls.SetLog("VIPS", EveryLevel, &Ignore, null);
        return true;
    }

    /// <summary>What libvips would print on standard error; what matters comes as an error.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(byte* domain, int level, byte* message, void* data)
    {
    }
}
