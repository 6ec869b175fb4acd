using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Exact duplicates: what was found, and which rows stay when they are dropped.</summary>
/// <param name="Kept">The rows that stay (positions), or null when all do.</param>
/// <param name="Findings">What was found and done.</param>
internal sealed record DuplicateRows(int[]? Kept, ImmutableArray<Finding> Findings)
{
    /// <summary>Looks for equal rows.</summary>
    public static DuplicateRows In(RowContent content, DuplicateAction action)
    {
        int[] groups = content.EqualRows();
        int distinct = groups.Length == 0 ? 0 : groups.Max() + 1;
        var findings = new List<Finding>();
        int extra = groups.Length - distinct;
        if (extra > 0)
        {
            string rows = extra == 1 ? "1 row equals an earlier row" : $"{extra} rows equal an earlier row";
            findings.Add(new Finding(FindingCodes.DuplicateRows, FindingSeverity.Warning, null, extra,
                $"{rows} in all features and in the target.",
                action == DuplicateAction.Drop
                    ? "Left them out, as asked."
                    : "Kept, since equal rows can be different patients, and put on one side of every split; --accept duplicates=drop leaves them out."));
        }

        int contradictory = Contradictory(content.EqualFeatures(), groups);
        if (contradictory > 0)
        {
            findings.Add(new Finding(FindingCodes.ContradictoryRows, FindingSeverity.Note, null, contradictory,
                $"{contradictory} rows equal another row in all features but have another target.", "Kept; no model can tell them apart."));
        }

        int[]? kept = action == DuplicateAction.Drop && extra > 0 ? FirstOfEach(groups) : null;
        return new DuplicateRows(kept, [.. findings]);
    }

    private static int[] FirstOfEach(int[] groups)
    {
        var kept = new List<int>();
        int next = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            if (groups[row] == next)
            {
                kept.Add(row); // groups are numbered by first appearance
                next++;
            }
        }

        return [.. kept];
    }

    private static int Contradictory(int[] features, int[] rows)
    {
        var first = new Dictionary<int, int>();
        var isMixed = new HashSet<int>();
        for (int row = 0; row < features.Length; row++)
        {
            if (!first.TryAdd(features[row], rows[row]) && first[features[row]] != rows[row])
            {
                isMixed.Add(features[row]);
            }
        }

        return features.Count(isMixed.Contains);
    }
}
