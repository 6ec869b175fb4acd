using System.Security.Cryptography;
using MedTune.Data;

namespace MedTune;

/// <summary>The folder in which pretrained models lie. A machine without a network is served by copying files into it.</summary>
public sealed class ModelStore
{
    /// <summary>The variable that names the folder.</summary>
    public const string FolderVariable = "MEDTUNE_MODELS";

    /// <summary>A folder of models.</summary>
    /// <param name="folder">Default: what <see cref="FolderVariable"/> says, else <c>medtune/models</c> in the user's data folder.</param>
    public ModelStore(string? folder = null)
    {
        folder ??= Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "medtune", "models");
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The folder, an absolute path; it may not exist yet.</summary>
    public string Folder { get; }

    /// <summary>Where a model's file is or would be.</summary>
    public string PathOf(CatalogueEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Path.Combine(Folder, entry.File);
    }

    /// <summary>Where the part of a model lies that was downloaded so far. The name holds the digest, so parts of two versions never mix.</summary>
    internal string PartOf(CatalogueEntry entry) => $"{PathOf(entry)}.{entry.Sha256[..12]}.part";

    /// <summary>Whether a file of the right length is there; the digest is not computed.</summary>
    public bool Has(CatalogueEntry entry) => File.Exists(PathOf(entry)) && new FileInfo(PathOf(entry)).Length == entry.Size;

    /// <summary>Whether the model's file is there with its length and digest.</summary>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public bool IsWhole(CatalogueEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            return Has(entry) && DigestOf(PathOf(entry)) == entry.Sha256;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"'{PathOf(entry)}' cannot be read; check its permissions.", exception);
        }
    }

    internal static string DigestOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
