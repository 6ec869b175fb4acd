using System.Runtime.InteropServices;

namespace MedTune.Data.Images;

/// <summary>The functions of CharLS 2 that are used. Each gives 0 when it did what it should.</summary>
internal static unsafe partial class CharLsCalls
{
    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_create")]
    public static partial nint Create();

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_destroy")]
    public static partial void Destroy(nint decoder);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_set_source_buffer")]
    public static partial int SetSource(nint decoder, void* data, nuint length);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_read_header")]
    public static partial int ReadHeader(nint decoder);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_get_frame_info")]
    public static partial int GetFrame(nint decoder, out FrameDescription frame);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_get_interleave_mode")]
    public static partial int GetInterleaving(nint decoder, out int mode);

    [LibraryImport(NativeLibraries.CharLs, EntryPoint = "charls_jpegls_decoder_decode_to_buffer")]
    public static partial int Decode(nint decoder, void* samples, nuint length, uint stride);

    /// <summary>charls_frame_info.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FrameDescription
    {
        public uint Width;
        public uint Height;
        public int Bits;
        public int Components;
    }
}
