using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Tensors;

namespace MedTune.Tests;

/// <summary>What gives labels away by the way pictures were taken must be found, and nothing else.</summary>
public sealed class AcquisitionShortcutsTests
{
    private const int Count = 200;

    [Fact]
    public void Of_BrightBorderOfOneClass_IsReportedWithItsKind()
    {
        var figures = Judge((measure, label, noise) => measure with { Border = [.. measure.Border.Select((value, i) => i == 2 ? value + (0.05 * label) : value)] });

        var finding = AcquisitionShortcuts.Report(figures);

        Assert.True(figures!.IsSuspicious, figures.Auroc.ToString());
        Assert.Equal("border", figures.Kinds[0].Name);
        Assert.True(figures.Kinds[0].Auroc.Low > ShortcutFigures.Limit);
        Assert.True(figures.Kinds.Single(kind => kind.Name == "size").Auroc.Low < ShortcutFigures.Limit);
        Assert.Equal((ImageFindingCodes.AcquisitionShortcut, FindingSeverity.Warning), (finding!.Code, finding.Severity));
        Assert.Contains("alone: border 0.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DepthOfOneClass_IsEncoding()
    {
        var figures = Judge((measure, label, noise) => measure with { Range = label == 1 && noise < 0.8 ? 4095 : 255 });

        Assert.Equal("encoding", figures!.Kinds[0].Name);
        Assert.NotNull(AcquisitionShortcuts.Report(figures));
    }

    [Fact]
    public void Of_LabelsByChance_AreNotReported()
    {
        var figures = Judge((measure, _, _) => measure);

        Assert.InRange(figures!.Auroc.Value, 0.3, 0.7);
        Assert.Null(AcquisitionShortcuts.Report(figures));
    }

    [Fact]
    public void Of_SizeThatNamesThePatient_IsNotTakenForTheLabel()
    {
        // Each patient has a size and a label of their own: only folds that tear patients apart would find something.
        var figures = Judge((measure, _, _) => measure, patientSized: true);

        Assert.False(figures!.IsSuspicious, figures.Auroc.ToString());
    }

    [Fact]
    public void Of_SiteOfOneClass_NamesTheClassAndTheSite()
    {
        var draw = new Philox(3, 0, 0);
        var samples = Enumerable.Range(0, Count).Select(i => new ImageSample($"{i}.png", [i % 3], null, i % 3 == 2 && draw.Uniform((ulong)i) < 0.9 ? "far" : "near"));
        var images = Set(["a", "b", "c"], [.. samples]);

        var figures = AcquisitionShortcuts.Of(images, [.. Enumerable.Range(0, Count).Select(i => Measure(draw, i, 100))], [.. Enumerable.Range(0, Count)], 1, TaskPool.Sequential);

        Assert.Equal(("c", "site"), (figures!.Class, figures.Kinds[0].Name));
        Assert.Contains("'c'", AcquisitionShortcuts.Report(figures)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NothingOutwardDiffers_OrTooFewPictures_IsNull()
    {
        var images = Set(["a", "b"], [.. Enumerable.Range(0, Count).Select(i => new ImageSample($"{i}.png", [i % 2]))]);
        var same = Enumerable.Repeat<PictureMeasures?>(Measure(new Philox(1, 0, 0), 0, 100), Count).ToImmutableArray();

        Assert.Null(AcquisitionShortcuts.Of(images, same, [.. Enumerable.Range(0, Count)], 1, TaskPool.Sequential));
        Assert.Null(AcquisitionShortcuts.Of(images, same, [0, 1, 2], 1, TaskPool.Sequential));
    }

    private static ShortcutFigures? Judge(Func<PictureMeasures, int, double, PictureMeasures> change, bool patientSized = false)
    {
        var draw = new Philox(9, 0, 1);
        int[] labels = [.. Enumerable.Range(0, Count).Select(i => patientSized ? draw.Below(2, (ulong)(i / 4)) : i % 2)];
        var images = Set(["no", "yes"], [.. labels.Select((label, i) => new ImageSample($"{i}.png", [label], $"p{i / 4}"))]);
        var measures = labels.Select((label, i) => change(Measure(draw, i, patientSized ? 100 + (i / 4) : 100 + draw.Below(50, (ulong)(i + 5000))), label, draw.Uniform((ulong)(i + 9000))));
        return AcquisitionShortcuts.Of(images, [.. measures.Select(measure => (PictureMeasures?)measure)], [.. Enumerable.Range(0, Count)], 1, TaskPool.Sequential);
    }

    private static PictureMeasures Measure(Philox draw, int number, int width) => new(
        width, 120, true, 0.5, 0.2, [.. Enumerable.Range(0, 12).Select(i => 0.3 + (0.1 * draw.Uniform((ulong)((number * 12) + i))))], 0, "");

    private static ImageSet Set(ImmutableArray<string> classes, ImmutableArray<ImageSample> samples) =>
        new("", classes, false, samples, [], (_, _) => throw new InvalidOperationException("No picture is needed."));
}
