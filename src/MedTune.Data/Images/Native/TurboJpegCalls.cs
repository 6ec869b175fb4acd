using System.Runtime.InteropServices;

namespace MedTune.Data.Images;

/// <summary>The functions of libturbojpeg that are used.</summary>
internal static unsafe partial class TurboJpegCalls
{
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjInitDecompress")]
    public static partial nint Create();

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDecompressHeader3")]
    public static partial int ReadHeader(nint handle, void* data, CULong length, out int width, out int height, out int subsampling, out int colours);

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDecompress2")]
    public static partial int Decode(nint handle, void* data, CULong length, void* samples, int width, int pitch, int height, int format, int flags);
}
