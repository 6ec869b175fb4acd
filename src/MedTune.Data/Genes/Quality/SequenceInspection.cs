using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data.Genes;

/// <summary>A look at labelled sequences before anything is trained: which are there twice or almost, what must stay on one side of a split, and what can be told without reading them.</summary>
/// <param name="Pairs">Pairs that are the same (on either strand) or share many k-mers; a chain for each group, at most 100,000.</param>
/// <param name="Groups">For each sequence the number of its group: sequences of one group belong on the same side of every split.</param>
/// <param name="Floors">Scores that need no sequence.</param>
/// <param name="Findings">What was found and what to do about it.</param>
public sealed record SequenceInspection(ImmutableArray<SimilarSequences> Pairs, ImmutableArray<int> Groups, SequenceFloors Floors, ImmutableArray<Finding> Findings)
{
    private const double LengthTells = 0.9;
    private const double GcTells = 0.8;

    /// <summary>Looks at a set.</summary>
    /// <param name="set">The sequences.</param>
    /// <param name="options">Default: null, k-mers of 12 letters of which 30 % are shared.</param>
    public static SequenceInspection Run(SequenceSet set, SequenceInspectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        options ??= SequenceInspectionOptions.Default;
        options.Check();
        var (pairs, groups) = new SimilaritySearch(set.Samples, options).Run();
        var floors = SequenceFloors.Of(set);
        var findings = new List<Finding>();
        int largest = groups.GroupBy(group => group).Max(group => group.Count());
        Add(GeneFindingCodes.SameSequences, FindingSeverity.Warning, pairs.Count(pair => pair.IsExact),
            $"sequences repeat an earlier one, {pairs.Count(pair => pair.IsReverse)} of them on the other strand", "Kept on one side of every split.");
        Add(GeneFindingCodes.ContradictingSequences, FindingSeverity.Warning, pairs.Count(pair => pair.IsExact && !pair.IsReverse && set.Samples[pair.First].Label != set.Samples[pair.Second].Label),
            "sequences repeat an earlier one, letter by letter, under another label", "Kept; look at both, one label at most is right.");
        Add(GeneFindingCodes.SimilarSequences, FindingSeverity.Warning, pairs.Count(pair => !pair.IsExact),
            $"pairs share {options.LeastSharing.ToString("P0", CultureInfo.InvariantCulture)} or more of their k-mers; the largest group has {largest} of {groups.Length} sequences", "Kept on one side of every split.");
        AddFloor(GeneFindingCodes.LengthTellsLabel, FindingSeverity.Stop, floors.LengthAuroc, LengthTells, "length", "Cut all sequences to the same window, or answer that the length may tell.");
        AddFloor(GeneFindingCodes.GcTellsLabel, FindingSeverity.Warning, floors.GcAuroc, GcTells, "share of G and C", "Shown beside every score; a model is worth something only above it.");
        return new SequenceInspection(pairs, groups, floors, [.. findings]);

        void Add(string code, FindingSeverity severity, int count, string what, string action)
        {
            if (count > 0)
            {
                findings.Add(new Finding(code, severity, null, count, $"{count} {what}.", action));
            }
        }

        void AddFloor(string code, FindingSeverity severity, double auroc, double limit, string what, string action)
        {
            if (auroc >= limit)
            {
                findings.Add(new Finding(code, severity, null, set.Samples.Length, $"The {what} of a sequence alone tells the label with an AUROC of {auroc.ToString("0.000", CultureInfo.InvariantCulture)}.", action));
            }
        }
    }
}
