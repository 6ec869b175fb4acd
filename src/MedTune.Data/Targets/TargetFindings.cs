using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>What is worth saying about the target.</summary>
internal static class TargetFindings
{
    private const int RareRows = 10;

    /// <summary>The findings of a target whose classes are counted.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="decision">How its texts were taken.</param>
    /// <param name="names">The classes.</param>
    /// <param name="counts">The rows of each class.</param>
    /// <param name="leftOut">Rows without a known target.</param>
    /// <param name="positive">Why the positive class was chosen and whether that is certain; null when nothing was chosen.</param>
    public static ImmutableArray<Finding> Of(
        TargetRule rule, TargetDecision decision, ImmutableArray<string> names, int[] counts, int leftOut, (string Why, bool IsCertain)? positive)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        string list = string.Join(", ", names.Select((name, i) => $"'{name}' {counts[i]}"));
        findings.Add(new Finding(FindingCodes.Target, FindingSeverity.Note, rule.Column, counts.Sum(),
            $"The target is '{rule.Text}' with {names.Length} classes: {list}.",
            names.Length == 2 ? $"Predicts the probability of '{names[1]}'." : "Predicts the probability of each class."));
        if (positive is { } chosen)
        {
            findings.Add(new Finding(FindingCodes.PositiveClass, chosen.IsCertain ? FindingSeverity.Note : FindingSeverity.Warning, rule.Column, counts[1],
                $"The positive class is '{names[1]}': {chosen.Why}.", $"If it is the other one, add --positive '{names[0]}'."));
        }

        if (leftOut > 0)
        {
            findings.Add(new Finding(FindingCodes.TargetMissing, FindingSeverity.Warning, rule.Column, leftOut,
                $"{leftOut} of {leftOut + counts.Sum()} rows have no known target.", "Left these rows out."));
        }

        AddTexts(findings, rule, decision);
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] < RareRows)
            {
                findings.Add(new Finding(FindingCodes.RareClass, FindingSeverity.Warning, rule.Column, counts[i],
                    $"The class '{names[i]}' has {counts[i]} {(counts[i] == 1 ? "row" : "rows")}.", "Kept; figures about this class will be very uncertain."));
            }
        }

        return findings.ToImmutable();
    }

    private static void AddTexts(ImmutableArray<Finding>.Builder findings, TargetRule rule, TargetDecision decision)
    {
        TextCensus census = decision.Census;
        int texts = census.Texts + census.BeyondLimit;
        if (decision.IsOrder && texts > 0)
        {
            findings.Add(new Finding(FindingCodes.NotANumber, FindingSeverity.Warning, rule.Column, texts,
                $"{texts} rows have a target that is no plain number.", "Left these rows out: the rule compares numbers."));
        }

        if (census.PossiblyMissing > 0 && !decision.IsNumeric && !decision.IsOrder)
        {
            findings.Add(new Finding(FindingCodes.PossibleMissingMarker, FindingSeverity.Warning, rule.Column, census.PossiblyMissing,
                $"{census.PossiblyMissing} rows have a target of '-' or the like.",
                "Kept as a value; if it means that the target is not known, name it with --missing."));
        }
    }
}
