using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MedTune.Prediction;

/// <summary>Short digests of the samples a model was fitted to, so that it is not judged on them by mistake.</summary>
/// <remarks>
/// Eight bytes of a SHA-256 over the salt (the digest of the training data), the model's input values and the class. They tell whether a
/// sample at hand was used; they do not tell what a sample was.
/// </remarks>
internal static class TrainingRows
{
    public const string MetadataKey = "medtune.training-rows";

    /// <summary>The digest of one sample.</summary>
    /// <param name="salt">The digest of the training data.</param>
    /// <param name="values">The canonical texts of the model's inputs, in order.</param>
    /// <param name="target">The class's name.</param>
    public static ulong Digest(string salt, IEnumerable<string> values, string target)
    {
        var text = new StringBuilder(salt);
        foreach (string value in values)
        {
            text.Append('\u001f').Append(value);
        }

        text.Append('\u001e').Append(target);
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public static string ToText(ImmutableArray<ulong> digests)
    {
        var bytes = new byte[digests.Length * sizeof(ulong)];
        var sorted = digests.Sort();
        for (int i = 0; i < sorted.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), sorted[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>The digests stored in a model file; empty when there are none.</summary>
    public static ImmutableHashSet<ulong> Of(ModelFile model)
    {
        if (!model.Graph.Metadata.TryGetValue(MetadataKey, out string? text))
        {
            return [];
        }

        var bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out int length))
        {
            throw new ModelFileException("The model file's list of training samples is damaged; get the file again.");
        }

        var digests = ImmutableHashSet.CreateBuilder<ulong>();
        for (int i = 0; i + sizeof(ulong) <= length; i += sizeof(ulong))
        {
            digests.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i)));
        }

        return digests.ToImmutable();
    }
}
