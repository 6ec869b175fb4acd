using MedTune.Data.Images;

namespace MedTune.Cli.Output;

/// <summary>What is in a set of pictures, as tables for people.</summary>
internal static class ImageTables
{
    private const int MostClasses = 40;
    private const int MostRefusals = 10;
    private static readonly string[] Parts = ["train", "val", "test"];

    public static void Show(Screen screen, ImageSet images, ImageInspection inspection)
    {
        screen.Paragraph($"{images.Path}: {FigureText.Count(images.Samples.Length, "picture")}, {(images.HasSeveralLabels ? FigureText.Count(images.Classes.Length, "finding") : $"{FigureText.Count(images.Classes.Length)} classes")}");
        screen.Line();
        ShowClasses(screen, images);
        screen.Line();
        ShowPictures(screen, inspection);
        ShowOrigins(screen, images);
        ShowFlow(screen, images, inspection);
        screen.Line();
        DataTables.ShowFindings(screen, inspection.Findings);
        ShowRefusals(screen, inspection);
        ShowMixedSeries(screen, images, inspection);
    }

    /// <summary>The words for a reason to leave a picture out.</summary>
    public static string Reason(ImageExclusion reason) => reason switch
    {
        ImageExclusion.Unreadable => "cannot be read",
        ImageExclusion.Unlabelled => "has no label",
        ImageExclusion.Tiny => "is smaller than 16 pixels",
        ImageExclusion.Blank => "shows nothing",
        ImageExclusion.TwinElsewhere => "trains, and is also in val or test",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static void ShowClasses(Screen screen, ImageSet images)
    {
        string[] parts = [.. Parts.Where(part => images.Samples.Any(sample => sample.Part == part))];
        var table = new ConsoleTable().Column(images.HasSeveralLabels ? "finding" : "class");
        foreach (string part in parts)
        {
            table.Numbers(part);
        }

        table.Numbers("pictures").Column("");
        for (int label = 0; label < Math.Min(images.Classes.Length, MostClasses); label++)
        {
            bool isPositive = images.Classes.Length == 2 && label == 1 && !images.HasSeveralLabels;
            Cell[] cells =
            [
                images.Classes[label],
                .. parts.Select(part => new Cell(FigureText.Count(Count(images, label, part)))),
                FigureText.Count(Count(images, label, null)),
                isPositive ? "positive class" : "",
            ];
            table.Row(cells);
        }

        screen.Table(table);
        if (images.Classes.Length > MostClasses)
        {
            screen.Line($"... and {FigureText.Count(images.Classes.Length - MostClasses)} more; --json lists all.");
        }
    }

    /// <summary>Pictures of a class, of one part or of all.</summary>
    public static int Count(ImageSet images, int label, string? part) => images.Samples.Count(sample =>
        (part is null || sample.Part == part) && (images.HasSeveralLabels ? sample.Labels.Length > label && sample.Labels[label] == 1 : sample.Labels.Length == 1 && sample.Labels[0] == label));

    private static void ShowPictures(Screen screen, ImageInspection inspection)
    {
        PictureMeasures[] measures = [.. inspection.Measures.OfType<PictureMeasures>()];
        if (measures.Length == 0)
        {
            return;
        }

        int grey = measures.Count(measure => measure.IsGrey);
        string colours = grey == measures.Length ? "all grey" : grey == 0 ? "all in colour" : $"{FigureText.Count(grey)} grey, {FigureText.Count(measures.Length - grey)} in colour";
        screen.Line($"Size {Range(measures, measure => measure.Width)} x {Range(measures, measure => measure.Height)} pixels; {colours}.");
    }

    private static void ShowOrigins(Screen screen, ImageSet images)
    {
        foreach (var (name, counts) in Origins(images))
        {
            screen.Line($"{name}: {string.Join(", ", counts.Select(count => $"{count.Key} {FigureText.Count(count.Value)}"))}.");
        }
    }

    /// <summary>How many pictures are of which kind, as DICOM headers and volumes say.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<KeyValuePair<string, int>> Counts)> Origins(ImageSet images)
    {
        PictureOrigin[] known = [.. images.Samples.Select(sample => sample.Origin).OfType<PictureOrigin>()];
        return new[]
        {
            ("Modality", Counts(origin => origin.DicomModality)),
            ("Plane", Counts(origin => origin.Plane is { } plane ? PlaneName.Of(plane) : null)),
            ("View", Counts(origin => origin.ViewPosition)),
            ("Series", Counts(origin => origin.IsLocalizer ? "localizer" : null)),
        }.Where(kind => kind.Item2.Count > 0);

        IReadOnlyList<KeyValuePair<string, int>> Counts(Func<PictureOrigin, string?> word) =>
            [.. known.Select(word).OfType<string>().CountBy(value => value, StringComparer.Ordinal).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)];
    }

    private static void ShowMixedSeries(Screen screen, ImageSet images, ImageInspection inspection)
    {
        foreach (var series in inspection.MixedSeries.Take(MostRefusals))
        {
            string more = series.Odd.Length > 1 ? $" and {FigureText.Count(series.Odd.Length - 1)} more" : "";
            screen.Paragraph($"{images.Samples[series.Odd[0]].Name}{more}: unlike {images.Samples[series.Usual].Name} of the same series in {string.Join(", ", series.Differences)}.", 2);
        }

        if (inspection.MixedSeries.Length > MostRefusals)
        {
            screen.Line($"  ... and {FigureText.Count(inspection.MixedSeries.Length - MostRefusals)} more series; --json lists all.");
        }
    }

    private static string Range(PictureMeasures[] measures, Func<PictureMeasures, int> side)
    {
        (int low, int high) = (measures.Min(side), measures.Max(side));
        return low == high ? $"{low}" : $"{low} to {high}";
    }

    private static void ShowFlow(Screen screen, ImageSet images, ImageInspection inspection)
    {
        var steps = inspection.Flow(images);
        bool hasPatients = steps[0].Patients is not null;
        var table = new ConsoleTable().Column("left out because a picture").Numbers("pictures left");
        if (hasPatients)
        {
            table.Numbers("patients left");
        }

        foreach (var step in steps)
        {
            Cell[] cells = [step.Reason is { } reason ? Reason(reason) : "(all)", FigureText.Count(step.Images)];
            table.Row(hasPatients ? [.. cells, FigureText.Count(step.Patients ?? 0)] : cells);
        }

        screen.Table(table);
    }

    private static void ShowRefusals(Screen screen, ImageInspection inspection)
    {
        foreach (string refusal in inspection.Refusals.Values.Take(MostRefusals))
        {
            screen.Paragraph(refusal, 2);
        }

        if (inspection.Refusals.Count > MostRefusals)
        {
            screen.Line($"  ... and {FigureText.Count(inspection.Refusals.Count - MostRefusals)} more; --json lists all.");
        }
    }
}
