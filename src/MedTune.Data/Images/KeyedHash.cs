using System.Security.Cryptography;
using System.Text;

namespace MedTune.Data.Images;

/// <summary>Stands in for an identifier of a patient, a study or a device: the same for the same identifier and key, and of no use without the key.</summary>
public static class KeyedHash
{
    /// <summary>The shortest key that is taken, in bytes.</summary>
    public const int ShortestKey = 16;

    /// <summary>The kind of a patient's identifier.</summary>
    public const string Patient = "patient";

    /// <summary>The hash of an identifier.</summary>
    /// <param name="key">The secret, at least <see cref="ShortestKey"/> bytes.</param>
    /// <param name="kind">What is identified (such as <see cref="Patient"/>): equal texts of two kinds give different hashes.</param>
    /// <param name="identifier">The identifier; blanks and zero bytes around it do not count.</param>
    /// <returns>16 hexadecimal digits: the first 8 bytes of HMAC-SHA256 (RFC 2104) over the kind, a line feed and the identifier in UTF-8.</returns>
    public static string Of(ReadOnlySpan<byte> key, string kind, string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return Of(key, kind, Encoding.UTF8.GetBytes(identifier));
    }

    /// <summary>The hash of an identifier that is given as bytes.</summary>
    /// <param name="key">The secret, at least <see cref="ShortestKey"/> bytes.</param>
    /// <param name="kind">What is identified.</param>
    /// <param name="identifier">The identifier's bytes; blanks and zero bytes around it do not count.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public static string Of(ReadOnlySpan<byte> key, string kind, ReadOnlySpan<byte> identifier)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (key.Length < ShortestKey)
        {
            throw new ArgumentException($"A key has {ShortestKey} bytes or more, not {key.Length}.", nameof(key));
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(kind));
        hash.AppendData("\n"u8);
        hash.AppendData(identifier.Trim(" \0"u8));
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest[..8]);
    }
}
