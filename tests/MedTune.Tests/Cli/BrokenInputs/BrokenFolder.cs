using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>The folder of one case, with ways to fill it; and a finished run that cases may copy from.</summary>
internal sealed class BrokenFolder(string path, string runFolder)
{
    /// <summary>A value that stands in patients' cells and must never be told.</summary>
    public const string Canary = "Q7canaryZ";

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Combine(path, name);

    /// <summary>The path that an argument means.</summary>
    public string Argument(string word) => word.StartsWith('@') ? this[word[1..]] : word;

    /// <summary>Patients with a canary in a column of names, an input of two texts and an outcome.</summary>
    public static string Patients(int count = 80, string target = "died", Func<int, string>? outcome = null) => TableOf(
        $"name,age,marker,sex,{target}", count, i => $"{Canary}{i},{30 + (i * 37 % 51)},{i * 7919 % 97}.5,{(i % 3 == 0 ? "f" : "m")},{outcome?.Invoke(i) ?? Outcome(i)}");

    /// <summary>An outcome that age says something about.</summary>
    public static string Outcome(int row) => (row * 7919 % 100) < (row * 37 % 51) + 5 ? "1" : "0";

    /// <summary>A table row by row.</summary>
    public static string TableOf(string header, int count, Func<int, string> row) => header + "\n" + string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n"));

    public void Text(string name, string text) => File.WriteAllText(this[name], text, new UTF8Encoding(false));

    public void Bytes(string name, params byte[] bytes) => File.WriteAllBytes(this[name], bytes);

    /// <summary>The usual patients as <c>good.csv</c>.</summary>
    public void Good() => Text("good.csv", Patients());

    /// <summary>A copy of the finished run in <c>run</c>, with the table it was made from as <c>good.csv</c>.</summary>
    public void Run()
    {
        Good();
        Directory.CreateDirectory(this["run"]);
        foreach (string file in Directory.GetFiles(runFolder))
        {
            File.Copy(file, this["run/" + System.IO.Path.GetFileName(file)]);
        }
    }

    /// <summary>The finished run's model as <c>model.onnx</c>, beside <c>good.csv</c>.</summary>
    public byte[] Model()
    {
        Good();
        byte[] model = File.ReadAllBytes(System.IO.Path.Combine(runFolder, "model.onnx"));
        Bytes("model.onnx", model);
        return model;
    }

    /// <summary>Replaces a text in a file that must hold it.</summary>
    public void Edit(string name, string from, string to)
    {
        string text = File.ReadAllText(this[name]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        Text(name, text.Replace(from, to, StringComparison.Ordinal));
    }

    public static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return memory.ToArray();
    }

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    /// <summary>Everything in the folder: path, and digest of a file.</summary>
    public SortedDictionary<string, string> Snapshot()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in Directory.EnumerateFileSystemEntries(path, "*", SearchOption.AllDirectories))
        {
            var file = new FileInfo(entry);
            bool isFile = file.Exists && file.LinkTarget is null && file.UnixFileMode != UnixFileMode.None;
            all[System.IO.Path.GetRelativePath(path, entry)] = isFile ? Digest(file) : "";
        }

        return all;
    }

    private static string Digest(FileInfo file)
    {
        if (file.Length > 8 << 20)
        {
            return $"{file.Length} bytes";
        }

        using FileStream stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
