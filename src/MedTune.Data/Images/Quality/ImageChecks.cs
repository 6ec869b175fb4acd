using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Turns the measures of pictures into exclusions and findings.</summary>
internal static class ImageChecks
{
    private const int ShortestSide = 16;
    private const double LeastDeviation = 0.01;
    private const double FewOfTheOtherColour = 0.05;
    private const double MarksOfLetters = 0.0001;

    /// <summary>All checks, in the order of the flow.</summary>
    public static ImageInspection Judge(ImageSet images, ImmutableArray<PictureMeasures?> measures, string?[] refusals)
    {
        var leftOut = new SortedDictionary<int, ImageExclusion>();
        var findings = new List<Finding>();
        Exclude(images, measures, leftOut, findings);
        PictureMeasures?[] used = [.. measures.Select((measure, i) => leftOut.ContainsKey(i) ? null : measure)];
        var twins = TwinSearch.Find(used, (one, other) => AreNeighbours(images.Samples[one], images.Samples[other]), out bool isWhole);
        TwinChecks.Judge(images, twins, isWhole, leftOut, findings);
        Patients(images, leftOut, findings);
        var mixed = SeriesChecks.Judge(images, leftOut, findings);
        Colours(used, findings);
        Marks(used, findings);
        return new ImageInspection(
            measures,
            refusals.Select((why, i) => (why, i)).Where(pair => pair.why is not null).ToImmutableSortedDictionary(pair => pair.i, pair => pair.why!),
            twins,
            leftOut.ToImmutableSortedDictionary(),
            [.. images.Findings, .. findings])
        {
            MixedSeries = mixed,
        };
    }

    // Slices of one volume, frames of one file and pictures of one series look alike because they lie side by side.
    private static bool AreNeighbours(ImageSample one, ImageSample other) => one.Part == other.Part
        && ((one.Place.File.Length > 0 && one.Place == (other.Place with { Index = one.Place.Index })) || (one.Origin?.Series is { } series && series == other.Origin?.Series));

    private static void Exclude(ImageSet images, ImmutableArray<PictureMeasures?> measures, SortedDictionary<int, ImageExclusion> leftOut, List<Finding> findings)
    {
        for (int i = 0; i < measures.Length; i++)
        {
            ImageExclusion? why = measures[i] switch
            {
                null => ImageExclusion.Unreadable,
                _ when images.Samples[i].Labels.IsEmpty => ImageExclusion.Unlabelled,
                var measure when Math.Min(measure.Width, measure.Height) < ShortestSide => ImageExclusion.Tiny,
                var measure when measure.Deviation < LeastDeviation => ImageExclusion.Blank,
                _ => null,
            };
            if (why is { } reason)
            {
                leftOut.Add(i, reason);
            }
        }

        Report(ImageExclusion.Unreadable, ImageFindingCodes.Unreadable, FindingSeverity.Warning, "cannot be read", "cannot be read");
        Report(ImageExclusion.Tiny, ImageFindingCodes.Tiny, FindingSeverity.Warning, $"has a side of fewer than {ShortestSide} pixels", $"have a side of fewer than {ShortestSide} pixels");
        Report(ImageExclusion.Blank, ImageFindingCodes.Blank, FindingSeverity.Warning, "shows nothing: every pixel is nearly the same", "show nothing: every pixel is nearly the same");

        void Report(ImageExclusion reason, string code, FindingSeverity severity, string one, string many)
        {
            int count = leftOut.Count(pair => pair.Value == reason);
            if (count > 0)
            {
                findings.Add(new Finding(code, severity, null, count, $"{Counted.Of(count, $"picture {one}", $"pictures {many}")}.", count == 1 ? "It was left out." : "They were left out."));
            }
        }
    }

    private static void Patients(ImageSet images, SortedDictionary<int, ImageExclusion> leftOut, List<Finding> findings)
    {
        int count = images.Samples
            .Where((sample, i) => sample.Patient is not null && sample.Part is not null && !leftOut.ContainsKey(i))
            .GroupBy(sample => sample.Patient, StringComparer.Ordinal)
            .Count(patient => patient.Select(sample => sample.Part).Distinct(StringComparer.Ordinal).Count() > 1);
        if (count > 0)
        {
            findings.Add(new Finding(
                ImageFindingCodes.PatientAcrossParts,
                FindingSeverity.Stop,
                null,
                count,
                $"{Counted.Of(count, "patient has", "patients have")} pictures in more than one of train, val and test: the model would be tested on people it has learned by heart.",
                "Put each patient into one part; or drop the column split, and patients are kept together."));
        }
    }

    private static void Colours(PictureMeasures?[] used, List<Finding> findings)
    {
        int grey = used.Count(measure => measure is { IsGrey: true });
        int colour = used.Count(measure => measure is { IsGrey: false });
        int few = Math.Min(grey, colour);
        if (few > 0 && few < FewOfTheOtherColour * (grey + colour))
        {
            (string kind, string others) = grey < colour ? ("grey", "in colour") : ("in colour", "grey");
            findings.Add(new Finding(
                ImageFindingCodes.OddColour,
                FindingSeverity.Warning,
                null,
                few,
                $"{Counted.Of(few, "picture is", "pictures are")} {kind} while the others are {others}: perhaps of another kind of examination.",
                "Kept; look, and take out what does not belong."));
        }
    }

    private static void Marks(PictureMeasures?[] used, List<Finding> findings)
    {
        int count = used.Count(measure => measure is { IsGrey: true, BurntInMarks: > MarksOfLetters });
        if (count > 0)
        {
            findings.Add(new Finding(
                ImageFindingCodes.BurntInText,
                FindingSeverity.Warning,
                null,
                count,
                $"{Counted.Of(count, "picture has", "pictures have")} white marks near the border, as letters are: they may name the patient, or tell the model where the picture was taken.",
                "Kept; look, and mask what is written there."));
        }
    }
}
