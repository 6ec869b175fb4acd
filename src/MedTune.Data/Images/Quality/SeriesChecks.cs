using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Looks for labels that were given to a series or study as a whole although its pictures are of different kinds.</summary>
/// <remarks>
/// The usual kind of a series is its commonest (modality, plane, localizer or not, rows, columns), the first of equally common ones. A picture is odd where it is known
/// to differ in modality or plane, is a localizer where the others are none, or has a side that is half as long again or more, or less. A series is mixed where an odd
/// picture bears the label of the usual ones: a classifier of single pictures would learn the label from what does not show it. Where the labels differ, whoever gave
/// them looked at the pictures.
/// </remarks>
internal static class SeriesChecks
{
    private const double LargestRatio = 1.5;
    private const double FewOfTheOtherKind = 0.05;

    /// <summary>The mixed series, and findings about them, about studies, and about pictures of another device.</summary>
    public static ImmutableArray<MixedSeries> Judge(ImageSet images, IReadOnlyDictionary<int, ImageExclusion> leftOut, List<Finding> findings)
    {
        int[] used = [.. Enumerable.Range(0, images.Samples.Length).Where(i => images.Samples[i].Origin is not null && !leftOut.ContainsKey(i))];
        var mixed = used
            .Where(i => images.Samples[i].Origin!.Series is not null)
            .GroupBy(i => images.Samples[i].Origin!.Series, StringComparer.Ordinal)
            .Select(series => Mixed(images, [.. series]))
            .OfType<MixedSeries>().ToImmutableArray();
        if (mixed.Length > 0)
        {
            string kinds = string.Join(", ", mixed.SelectMany(series => series.Differences).CountBy(name => name, StringComparer.Ordinal).OrderBy(name => name.Key, StringComparer.Ordinal)
                .Select(name => $"{Word(name.Key)} in {name.Value}"));
            findings.Add(new Finding(
                ImageFindingCodes.MixedSeries,
                FindingSeverity.Stop,
                null,
                mixed.Sum(series => series.Odd.Length),
                $"In {mixed.Length} series one label stands for pictures of different kinds ({kinds}): {Counted.Of(mixed.Sum(series => series.Odd.Length), "picture is", "pictures are")} unlike the others of the series, and would teach the label by what may not show it.",
                $"'medtune inspect' names them: take them out, label each picture in a manifest, or learn from all with --accept {ImageFindingCodes.MixedSeries}."));
        }

        Studies(images, used, findings);
        Modalities(images, used, findings);
        return mixed;
    }

    /// <summary>In what a picture differs from a usual one of its series.</summary>
    public static IEnumerable<string> Differences(PictureOrigin usual, PictureOrigin other)
    {
        if (usual.DicomModality is not null && other.DicomModality is not null && usual.DicomModality != other.DicomModality)
        {
            yield return "modality";
        }

        if (usual.Plane is not null && other.Plane is not null && usual.Plane != other.Plane)
        {
            yield return "plane";
        }

        if (usual.IsLocalizer != other.IsLocalizer)
        {
            yield return "localizer";
        }

        if (IsFar(usual.Width, other.Width) || IsFar(usual.Height, other.Height))
        {
            yield return "size";
        }
    }

    private static MixedSeries? Mixed(ImageSet images, int[] series)
    {
        int usual = Usual(images, series);
        var kind = images.Samples[usual].Origin!;
        int[] odd = [.. series.Where(i => Differences(kind, images.Samples[i].Origin!).Any() && images.Samples[i].Labels.SequenceEqual(images.Samples[usual].Labels))];
        return odd.Length == 0
            ? null
            : new MixedSeries(usual, [.. odd], [.. odd.SelectMany(i => Differences(kind, images.Samples[i].Origin!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private static int Usual(ImageSet images, int[] series) => series
        .GroupBy(i => images.Samples[i].Origin! with { Study = null, Series = null, ViewPosition = null })
        .OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.First())
        .First().First();

    // A patient's films from the front and from the side may well share a label; what differs in more than the view is told.
    private static void Studies(ImageSet images, int[] used, List<Finding> findings)
    {
        int count = used
            .Where(i => images.Samples[i].Origin is { Study: not null, Series: not null })
            .GroupBy(i => images.Samples[i].Origin!.Study, StringComparer.Ordinal)
            .Count(study =>
            {
                int[] usual = [.. study.GroupBy(i => images.Samples[i].Origin!.Series, StringComparer.Ordinal).Select(series => Usual(images, [.. series]))];
                var kind = images.Samples[usual[0]];
                return usual.Any(i => Differences(kind.Origin!, images.Samples[i].Origin!).Any() && images.Samples[i].Labels.SequenceEqual(kind.Labels));
            });
        if (count > 0)
        {
            findings.Add(new Finding(
                ImageFindingCodes.MixedStudies,
                FindingSeverity.Warning,
                null,
                count,
                $"In {Counted.Of(count, "study", "studies")} one label stands for series that differ in modality, plane or size.",
                "Kept; see that the label holds for the pictures of every series."));
        }
    }

    private static void Modalities(ImageSet images, int[] used, List<Finding> findings)
    {
        if (images.Target == "Modality")
        {
            return; // rare classes are no strangers
        }

        int[] known = [.. used.Where(i => images.Samples[i].Origin!.DicomModality is not null)];
        var counts = known.CountBy(i => images.Samples[i].Origin!.DicomModality!, StringComparer.Ordinal).OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        var few = counts.Skip(1).Where(kind => kind.Value < FewOfTheOtherKind * known.Length).ToList();
        if (few.Count > 0)
        {
            findings.Add(new Finding(
                ImageFindingCodes.OddModality,
                FindingSeverity.Warning,
                null,
                few.Sum(kind => kind.Value),
                $"{Counted.Of(few.Sum(kind => kind.Value), "picture is", "pictures are")} of another kind of device ({string.Join(", ", few.Select(kind => kind.Key))}) than most ({counts[0].Key}).",
                "Kept; look, and take out what does not belong."));
        }
    }

    private static bool IsFar(int one, int other) => one > 0 && other > 0 && Math.Max(one, other) >= LargestRatio * Math.Min(one, other);

    private static string Word(string difference) => difference switch
    {
        "localizer" => "localizers among others",
        "plane" => "several planes",
        "size" => "several sizes",
        _ => "several modalities",
    };
}
