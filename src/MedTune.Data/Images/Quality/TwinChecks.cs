using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>What follows from pictures that are there twice.</summary>
internal static class TwinChecks
{
    /// <summary>Leaves training pictures out whose twin tests or validates, and reports all twins.</summary>
    public static void Judge(ImageSet images, ImmutableArray<TwinPictures> twins, bool isWhole, SortedDictionary<int, ImageExclusion> leftOut, List<Finding> findings)
    {
        string more = isWhole ? "" : "At least ";
        int exact = twins.Count(twin => twin.IsExact);
        if (exact > 0)
        {
            findings.Add(new Finding(
                ImageFindingCodes.Same, FindingSeverity.Warning, null, exact,
                $"{more}{Counted.Of(exact, "pair", "pairs")} of pictures with exactly the same pixels.", "Both are kept on one side of every split."));
        }

        if (twins.Length > exact)
        {
            findings.Add(new Finding(
                ImageFindingCodes.NearlySame, FindingSeverity.Warning, null, twins.Length - exact,
                $"{more}{Counted.Of(twins.Length - exact, "pair", "pairs")} of pictures that are almost the same.", "Both are kept on one side of every split."));
        }

        Labels(images, twins, findings);
        Parts(images, twins, leftOut, findings);
    }

    private static void Labels(ImageSet images, ImmutableArray<TwinPictures> twins, List<Finding> findings)
    {
        int count = twins.Count(twin => !images.Samples[twin.First].Labels.SequenceEqual(images.Samples[twin.Second].Labels));
        if (count > 0)
        {
            findings.Add(new Finding(
                ImageFindingCodes.TwoLabels, FindingSeverity.Warning, null, count,
                $"{Counted.Of(count, "of these pairs has", "of these pairs have")} two different labels: one of them is wrong.", "Kept; read them again."));
        }
    }

    private static void Parts(ImageSet images, ImmutableArray<TwinPictures> twins, SortedDictionary<int, ImageExclusion> leftOut, List<Finding> findings)
    {
        var across = twins.Where(twin => Part(twin.First) is { } one && Part(twin.Second) is { } other && one != other).ToList();
        if (across.Count == 0)
        {
            return;
        }

        foreach (int sample in across.SelectMany(twin => new[] { twin.First, twin.Second }).Distinct().Where(sample => Part(sample) == "train"))
        {
            leftOut[sample] = ImageExclusion.TwinElsewhere;
        }

        int exact = across.Count(twin => twin.IsExact);
        findings.Add(new Finding(
            ImageFindingCodes.AcrossParts, FindingSeverity.Warning, null, across.Count,
            $"{Counted.Of(across.Count, "pair", "pairs")} ({exact} with exactly the same pixels) on two sides of the split: {Sides()}.",
            "Those for training were left out, so that nothing is tested on what was learned."));

        string? Part(int sample) => images.Samples[sample].Part;
        string Sides() => string.Join(", ", across
            .Select(twin => string.Join(" and ", new[] { Part(twin.First)!, Part(twin.Second)! }.OrderBy(part => part == "train" ? 0 : part == "val" ? 1 : 2)))
            .GroupBy(sides => sides, StringComparer.Ordinal)
            .OrderBy(sides => sides.Key, StringComparer.Ordinal)
            .Select(sides => $"{sides.Count()} in {sides.Key}"));
    }
}
