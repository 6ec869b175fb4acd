using System.Collections.Immutable;
using MedTune.Data.Augmentation;
using MedTune.Evaluation;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Reports;

namespace MedTune.Tests.Reports;

/// <summary>A model of pictures, with everything that is shown of one.</summary>
internal static partial class SampleReports
{
    /// <summary>The heart model's figures beside evidence of made pictures, its names in Chinese and English.</summary>
    public static ReportContent Pictures() => Heart() with
    {
        Title = "肺炎 · Pneumonia in radiographs",
        Images = Evidence(),
    };

    /// <summary>All parts of the evidence.</summary>
    public static ImageEvidence Evidence()
    {
        PictureCase[] cases = [.. Enumerable.Range(0, 4).Select(Case)];
        return new ImageEvidence
        {
            Twins = [new TwinCase(Drawn(1, 112), Drawn(1, 112), true, "肺炎 (train)", "normal (test)"), new TwinCase(Drawn(2, 112), Drawn(2, 112), false, "normal", "normal")],
            ContactSheet = ContactSheetDrawing.Of([.. Enumerable.Range(0, 4).Select(i => (i, MadeSpots.Picture(8 + (9 * i), 10 + (8 * i), 1, (ulong)i)))], 6, AugmentationPreset.Of("chest-x-ray"), 1, 84),
            Shown = [.. cases],
            WorstErrors = [.. cases.Where(each => !each.IsRight)],
            Reread =
            [
                new RereadPicture(Drawn(5, 112), "mislabelled", 0.97, "normal", "肺炎") { Name = "胸片/0017.png" },
                new RereadPicture(Drawn(6, 28), "ambiguous", 0.71, "肺炎", "normal"),
                new RereadPicture(Drawn(7, 112), "rare", 0.55, "normal", "normal"),
            ],
            Robustness = new ImageRobustness("auroc", 200, 624, "test", [Row("noise", 0.05), Row("blur", 0.02), Row("contrast", 0.001), Row("jpeg", 0.012), Row("resolution", 0.03)]),
            Shortcuts = new ShortcutFigures(
                new Estimate(0.812, 0.77, 0.85, "DeLong"),
                [new ShortcutKind("border", "brightness of twelve places along the border", new Estimate(0.79, 0.74, 0.83, "")), new ShortcutKind("size", "width, height and their ratio", new Estimate(0.55, 0.5, 0.6, ""))],
                624),
        };
    }

    private static PictureCase Case(int number)
    {
        var picture = MadeSpots.Picture(number % 2 == 0 ? 10 + (5 * number) : -1, 20, 1, (ulong)number);
        using var saliency = new ImageSaliency(MadeSpots.Model(2));
        SaliencyMap[] maps = [saliency.GradCam(picture, 1)!, saliency.Occlusion(picture, 1)];
        return new PictureCase(EvidencePictures.Of(picture, 224), "test", number < 3 ? "肺炎" : "normal", number is 0 or 2 ? "肺炎" : number == 1 ? "normal" : "肺炎", 0.93 - (0.1 * number))
        {
            Saliency = [.. maps.Select(map => new SaliencyPicture(map.Method, "肺炎", EvidencePictures.Overlay(picture, map, 160), map.Meaning))],
            Nearest = [.. Enumerable.Range(0, 3).Select(i => new NearestPicture(Drawn(i, 84), i == 1 ? "normal" : "肺炎", 0.98 - (0.02 * i)))],
        };
    }

    private static EvidencePicture Drawn(int number, int side) => EvidencePictures.Of(MadeSpots.Picture(4 + (6 * number), 4 + (5 * number), 1, (ulong)number), side);

    private static RobustnessRow Row(string name, double loss)
    {
        var estimates = Enumerable.Range(0, 6).Select(level => 0.952 - (loss * level)).Select(value => new Estimate(value, value - 0.03, value + 0.025, "DeLong")).ToImmutableArray();
        return new RobustnessRow(name, [.. Enumerable.Range(1, 5).Select(PictureDegradation.All.Single(kind => kind.Name == name).Describe)], estimates, []);
    }
}
