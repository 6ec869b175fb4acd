using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Evaluation;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Reports;
using MedTune.Tensors;
using MedTune.Training;
using Xunit.Abstractions;

namespace MedTune.Tests.Reports;

/// <summary>Reports of real pictures stay small enough to be sent by mail.</summary>
public sealed class ImageReportSizeTests(ITestOutputHelper output)
{
    private const int MostBytes = 4 << 20;

    [Theory]
    [InlineData("cxr_pediatric_224", "chest-x-ray")]
    [InlineData("bccd", "blood-smear")]
    public void Render_RealPictures_StaysBelowFourMegabytes(string name, string preset)
    {
        if (SharedData.Find($"images/{name}/manifest.csv") is not string manifest || SharedData.FindModel(ModelCatalogue.BuiltIn().Find("mobilenet-v1-0.25").File) is not string model
            || !NativeLibraries.Has(NativeLibraries.Vips))
        {
            output.WriteLine($"Left out: {name}, the model mobilenet-v1-0.25 or libvips is not there.");
            return;
        }

        var set = ImageSet.Open(manifest);
        var backbone = ImageBackbone.Read(model, ModelCatalogue.BuiltIn(), side: 128);
        using var pool = new TaskPool(2);
        using var network = new ImageFeatures(backbone, pool);
        int[] training = Some(set, "train", 80), judged = Some(set, "test", 24);
        var seen = network.Of(training.Length, row => set.Read(set.Samples[training[row]]));
        var unseen = network.Of(judged.Length, row => set.Read(set.Samples[judged[row]]));
        var head = ImageHead.Fit(seen, [.. training.Select(sample => set.Samples[sample].Labels)], 2, false, [.. training.Select(sample => set.Samples[sample].Patient)], 1, pool);

        var evidence = ImageEvidenceMaker.Of(new ImageEvidenceInputs
        {
            Images = set,
            Training = new EvidencePart("oof", [.. training], Probabilities(head.OutOfFold), seen),
            Judged = new EvidencePart("test", [.. judged], Probabilities(head.Calibrations[0].Apply(head.Margins.Of(unseen, [.. Enumerable.Range(0, judged.Length)]))), unseen),
            Graph = head.OnTopOf(backbone),
            Hard = [.. Enumerable.Range(0, 12).Select(row => new HardExample(row, HardExampleKind.Ambiguous, 0.9 - (0.05 * row), 1))],
            Policy = AugmentationPreset.Of(preset),
            Seed = 1,
            Pool = pool,
            RobustnessPictures = 24,
        });

        // What the graph answers is what the head says of the features.
        using var answers = new ImageSaliency(head.OnTopOf(backbone), null, pool);
        float[][] asked = answers.Probabilities([.. judged.Take(20).Select(sample => set.Read(set.Samples[sample]))]);
        double[] said = Probabilities(head.Calibrations[0].Apply(head.Margins.Of(unseen, [.. Enumerable.Range(0, judged.Length)])));
        Assert.All(asked.Select((row, i) => (row, i)), each => Assert.Equal(said[(each.i * 2) + 1], each.row[1], 1e-3));
        double area = Auroc.Of([.. said.Where((_, i) => i % 2 == 1)], [.. judged.Select(sample => set.Samples[sample].Labels[0])]);
        Assert.Equal(area, evidence.Robustness!.Rows[0].Values[0].Value, 1e-9);

        string page = ReportPage.Render(SampleReports.Heart() with { Images = evidence });
        output.WriteLine($"{page.Length} bytes, {evidence.Shown.Length} cases, {evidence.WorstErrors.Length} errors, AUROC {evidence.Robustness.Rows[0].Values[0]}");
        Assert.InRange(page.Length, 100_000, MostBytes);
        Assert.NotEmpty(evidence.WorstErrors);
        if (Environment.GetEnvironmentVariable("MEDTUNE_SAMPLE_REPORTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, name + ".html"), page);
        }
    }

    private static int[] Some(ImageSet set, string part, int count) =>
        [.. Enumerable.Range(0, set.Samples.Length).Where(sample => set.Samples[sample].Part == part).GroupBy(sample => set.Samples[sample].Labels[0]).SelectMany(group => group.Take(count / 2)).Order()];

    private static double[] Probabilities(float[] margins) => [.. margins.SelectMany(margin => new[] { 1 - Sigmoid(margin), Sigmoid(margin) })];

    private static double Sigmoid(double margin) => 1 / (1 + Math.Exp(-margin));
}
