using System.Collections.Frozen;

namespace MedTune.Data.Genes;

/// <summary>Which names of contigs in one file mean the same as in another. Never guessed: <c>chr1</c> is <c>1</c> only where a person says so.</summary>
public sealed class ContigNames
{
    private readonly bool _ignoresChr;
    private readonly FrozenDictionary<string, string> _names;

    private ContigNames(bool ignoresChr, FrozenDictionary<string, string> names) => (_ignoresChr, _names) = (ignoresChr, names);

    /// <summary>Names must be equal to the letter. The default everywhere.</summary>
    public static ContigNames Exact { get; } = new(false, FrozenDictionary<string, string>.Empty);

    /// <summary><c>chr1</c> means <c>1</c> and <c>chrM</c> means <c>MT</c>.</summary>
    public static ContigNames IgnoringChr { get; } = new(true, FrozenDictionary<string, string>.Empty);

    /// <summary>Names told one by one; others must be equal to the letter.</summary>
    /// <param name="names">The other file's name by this file's name.</param>
    public static ContigNames Of(IReadOnlyDictionary<string, string> names) => new(false, names.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>Finds a contig of another file by a name of this file, or null.</summary>
    /// <param name="name">The name in this file.</param>
    /// <param name="others">The names in the other file.</param>
    internal string? Find(string name, IReadOnlyCollection<string> others)
    {
        string sought = _names.GetValueOrDefault(name, name);
        return others.Contains(sought) ? sought
            : _ignoresChr ? others.FirstOrDefault(other => HumanChromosomes.Plain(other) == HumanChromosomes.Plain(sought))
            : null;
    }
}
