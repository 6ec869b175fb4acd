using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Broken rules of one file: refused at once, or counted where they are only formal and the reading is practical.</summary>
internal sealed class VcfFaults(string where, VcfStrictness strictness)
{
    private readonly SortedDictionary<string, (int Count, long First, string Unit)> _formal = new(StringComparer.Ordinal);

    /// <summary>Whether every rule is to be checked.</summary>
    public bool IsStrict => strictness == VcfStrictness.Strict;

    /// <summary>What messages call a place: a line of text or a record of BCF.</summary>
    public string Unit { get; set; } = "line";

    /// <summary>A refusal.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="what">The broken rule as a predicate: "has a POS that is no number".</param>
    public DataException Refused(long line, string what) => new($"{where}: {Unit} {line} {what}: correct it where the file was made, and write it anew.");

    /// <summary>A fault that does not change what is read.</summary>
    /// <exception cref="DataException">The reading is strict.</exception>
    public void Formal(long line, string what)
    {
        if (IsStrict)
        {
            throw Refused(line, what);
        }

        (int count, long first, string unit) = _formal.GetValueOrDefault(what, (0, line, Unit));
        _formal[what] = (count + 1, first, unit);
    }

    /// <summary>What was counted.</summary>
    public ImmutableArray<Finding> Findings() =>
    [
        .. _formal.Select(pair => new Finding(GeneFindingCodes.VcfRule, FindingSeverity.Note, null, pair.Value.Count,
            $"{where}: {pair.Value.Count} {pair.Value.Unit}{(pair.Value.Count == 1 ? "" : "s")}, first {pair.Value.First}: {pair.Key}.", "Read all the same; a strict reading refuses it.")),
    ];
}
