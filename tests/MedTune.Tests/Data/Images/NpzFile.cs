using System.IO.Compression;
using System.Text;

namespace MedTune.Tests.Data.Images;

/// <summary>Writes NumPy archives for tests.</summary>
internal static class NpzFile
{
    public static byte[] Write(params (string Name, string Type, int[] Shape, byte[] Content)[] arrays)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, type, shape, content) in arrays)
            {
                using var entry = archive.CreateEntry($"{name}.npy").Open();
                entry.Write(Header(type, string.Join(", ", shape) + (shape.Length == 1 ? "," : "")));
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    public static byte[] Header(string type, string shape, string order = "False")
    {
        string text = $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': ({shape}), }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. Encoding.Latin1.GetBytes(text)];
    }
}
