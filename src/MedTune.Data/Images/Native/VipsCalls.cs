using System.Runtime.InteropServices;

namespace MedTune.Data.Images;

/// <summary>The functions of libvips that are used. Those with a variable number of arguments end with a null pointer.</summary>
internal static unsafe partial class VipsCalls
{
    [LibraryImport(NativeLibraries.Vips, StringMarshalling = StringMarshalling.Utf8, EntryPoint = "vips_init")]
    public static partial int Start(string program);

    [LibraryImport(NativeLibraries.GLib, StringMarshalling = StringMarshalling.Utf8, EntryPoint = "g_setenv")]
    public static partial int SetVariable(string name, string value, int overwrites);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_concurrency_set")]
    public static partial void SetThreads(int count);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCache(int operations);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_foreign_find_load_buffer")]
    public static partial nint FindLoader(void* data, nuint length);

    [LibraryImport(NativeLibraries.Vips, StringMarshalling = StringMarshalling.Utf8, EntryPoint = "vips_image_new_from_buffer")]
    public static partial nint Open(void* data, nuint length, string options, nint end);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_width")]
    public static partial int Width(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_height")]
    public static partial int Height(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_bands")]
    public static partial int Bands(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_format")]
    public static partial int Format(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_interpretation")]
    public static partial int Interpretation(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_n_pages")]
    public static partial int Pages(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_hasalpha")]
    public static partial int HasAlpha(nint image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_autorot")]
    public static partial int Upright(nint image, out nint result, nint end);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_colourspace")]
    public static partial int ConvertColour(nint image, out nint result, int space, nint end);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_write_to_memory")]
    public static partial void* Samples(nint image, out nuint length);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_error_clear")]
    public static partial void ClearError();

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_unref")]
    public static partial void Release(nint image);

    [LibraryImport(NativeLibraries.GLib, StringMarshalling = StringMarshalling.Utf8, EntryPoint = "g_log_set_handler")]
    public static partial uint SetLog(string domain, int levels, delegate* unmanaged[Cdecl]<byte*, int, byte*, void*, void> handler, void* data);

    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_free")]
    public static partial void Free(void* memory);
}
