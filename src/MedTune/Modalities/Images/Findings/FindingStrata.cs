using System.Collections.Immutable;

namespace MedTune.Modalities.Images;

/// <summary>Puts pictures with alike findings together, so that splits can share them out evenly.</summary>
/// <remarks>
/// A combination of findings that many independent patients have counts by itself. A picture with a rarer one counts by the rarest of its findings: what is rare needs
/// to be shared out evenly most.
/// </remarks>
internal static class FindingStrata
{
    private const int Many = 20;

    /// <summary>A number for each picture, the same for pictures that count alike.</summary>
    /// <param name="labels">For each picture a 0 or 1 for each finding.</param>
    /// <param name="groups">The independent patient of each picture.</param>
    public static ImmutableArray<int> Of(ImmutableArray<ImmutableArray<int>> labels, ImmutableArray<int> groups)
    {
        string[] combinations = [.. labels.Select(own => string.Concat(own))];
        var patients = combinations.Zip(groups).Distinct().CountBy(pair => pair.First, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        int[] byRarity = labels.IsEmpty ? [] : [.. Enumerable.Range(0, labels[0].Length).OrderBy(finding => labels.Zip(groups).Where(pair => pair.First[finding] == 1).Select(pair => pair.Second).Distinct().Count())];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. labels.Select((own, row) => numbers.TryAdd(Name(own, combinations[row]), numbers.Count) ? numbers.Count - 1 : numbers[Name(own, combinations[row])])];

        string Name(ImmutableArray<int> own, string combination)
        {
            int rarest = Array.FindIndex(byRarity, finding => own[finding] == 1);
            return rarest < 0 || patients[combination] >= Many ? combination : FormattableString.Invariant($"finding {byRarity[rarest]}");
        }
    }
}
