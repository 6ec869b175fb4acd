using System.Security.Cryptography;

namespace MedTune.Data.Images;

/// <summary>Turns identifiers of patients, studies and sites into names that only who has the key can make again (HMAC-SHA256, RFC 2104).</summary>
/// <remarks>Results never depend on the key: samples are grouped by equality, and groups are numbered by first appearance.</remarks>
public sealed class Pseudonyms
{
    private readonly byte[] _key;

    /// <summary>Pseudonyms under a key.</summary>
    /// <param name="key">Secret bytes, at least 16.</param>
    /// <exception cref="ArgumentException">The key is shorter.</exception>
    public Pseudonyms(ReadOnlySpan<byte> key)
    {
        if (key.Length < KeyedHash.ShortestKey)
        {
            throw new ArgumentException($"A key of pseudonyms has at least {KeyedHash.ShortestKey} bytes, not {key.Length}.", nameof(key));
        }

        _key = key.ToArray();
    }

    /// <summary>The key, for readers that hash on their own.</summary>
    internal ReadOnlyMemory<byte> Key => _key;

    /// <summary>Pseudonyms under a key that nobody keeps: good for grouping within one process.</summary>
    public static Pseudonyms Passing() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The pseudonym of an identifier: 16 hexadecimal digits; the same identifier of another kind has another one.</summary>
    /// <param name="kind">What is identified: <c>patient</c>, <c>study</c> ...</param>
    /// <param name="identifier">The identifier; white space around it does not count.</param>
    public string Of(string kind, string identifier)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(identifier);
        return KeyedHash.Of(_key, kind, identifier.Trim());
    }
}
