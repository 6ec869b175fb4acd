using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MedTune.Data.Images;

/// <summary>The optional native libraries that decode pictures, looked for once when the first picture is read.</summary>
/// <remarks>Without one of them only the files that need it are refused.</remarks>
public static class NativeLibraries
{
    internal const string Vips = "vips";
    internal const string GObject = "gobject";
    internal const string GLib = "glib";
    internal const string CharLs = "charls";

    private static readonly ImmutableArray<NativeLibrarySource> Known =
    [
        new(Vips, "libvips42", "PNG, JPEG, TIFF, WebP and JPEG 2000 pictures", ["libvips.so.42", "libvips-42.dll", "libvips.42.dylib"]),
        new(GObject, "libvips42", "what libvips keeps its pictures in", ["libgobject-2.0.so.0", "libgobject-2.0-0.dll", "libgobject-2.0.0.dylib"]),
        new(GLib, "libvips42", "what libvips allocates with", ["libglib-2.0.so.0", "libglib-2.0-0.dll", "libglib-2.0.0.dylib"]),
        new(CharLs, "libcharls2", "JPEG-LS inside DICOM", ["libcharls.so.2", "libcharls.2.dll", "charls-2-x64.dll", "libcharls.2.dylib"]),
    ];

    private static readonly ImmutableDictionary<string, nint> Loaded = Load();

    /// <summary>One sentence for each library that is missing: what it is for and the command that installs it; empty when all are there.</summary>
    public static ImmutableArray<string> Missing =>
        [.. Known.Where(source => source.Name is Vips or CharLs && !Has(source.Name)).Select(source => $"{source.Package} is not installed ({source.Purpose}): {Install(source.Name)}.")];

    internal static bool Has(string name) => Loaded.ContainsKey(name) && (name != Vips || (Loaded.ContainsKey(GObject) && Loaded.ContainsKey(GLib) && !IsAppleArm));

    /// <summary>What to do to get a library, without a full stop.</summary>
    internal static string Install(string name)
    {
        string package = Known.First(source => source.Name == name).Package;
        return name == Vips && IsAppleArm
            ? "reading pictures by libvips is not possible on this kind of machine (Apple on Arm); use Linux or Windows"
            : $"install it with `apt install {package}` (or the package of that name of your system)";
    }

    /// <summary>Refuses with the command that installs a library that is missing.</summary>
    /// <exception cref="DataException">The library is missing.</exception>
    internal static void Require(string name, string where, string what)
    {
        if (!Has(name))
        {
            throw new DataException($"{where}: {what} needs {Known.First(source => source.Name == name).Package}, which is not there: {Install(name)}.");
        }
    }

    // libvips' functions take a variable number of arguments; Apple's Arm machines pass those differently.
    private static bool IsAppleArm => OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static ImmutableDictionary<string, nint> Load()
    {
        var loaded = ImmutableDictionary.CreateBuilder<string, nint>(StringComparer.Ordinal);
        foreach (var source in Known)
        {
            foreach (string file in source.Files)
            {
                if (!loaded.ContainsKey(source.Name) && NativeLibrary.TryLoad(file, out nint handle))
                {
                    loaded.Add(source.Name, handle);
                }
            }
        }

        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), Resolve);
        return loaded.ToImmutable();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => Loaded.GetValueOrDefault(name);

    private sealed record NativeLibrarySource(string Name, string Package, string Purpose, ImmutableArray<string> Files);
}
