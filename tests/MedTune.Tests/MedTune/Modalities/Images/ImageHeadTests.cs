using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Evaluation;
using MedTune.Graphs.Files;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests;

/// <summary>Heads learn from features, and the file answers what the fit says.</summary>
public sealed class ImageHeadTests(ITestOutputHelper output)
{
    private const int Count = 90;

    private static readonly ImageBackbone Backbone = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Fit_StripesOfPictures_TellsThemApartInTheFile(int classes, bool findings)
    {
        using var features = new ImageFeatures(Backbone, TaskPool.Sequential);
        var pictures = Enumerable.Range(0, Count).Select(i => MadePictures.Picture(i, i % classes)).ToArray();
        var labels = pictures.Select((_, i) => Label(i % classes, classes, findings)).ToArray();
        var found = features.Of(Count, sample => pictures[sample]);

        var head = ImageHead.Fit(found, labels, classes, findings, new string?[Count], 3, TaskPool.Sequential);

        var model = OnnxFile.Read(OnnxFile.ToBytes(head.OnTopOf(Backbone)));
        int right = 0;
        for (int i = 0; i < Count; i++)
        {
            float[] probabilities = MadePictures.Answer(model, ModelFile.ProbabilitiesOutput, pictures[i]);
            float[] margins = MadePictures.Answer(model, PixelGraph.Logits, pictures[i]);
            float[] expected = Calibrated(head, head.Margins.Of(found, [i]));
            Assert.Equal(classes, probabilities.Length);
            Assert.All(expected.Zip(margins), pair => Assert.Equal(pair.First, pair.Second, 1e-3f * (1 + MathF.Abs(pair.First))));
            right += Array.IndexOf(probabilities, probabilities.Max()) == i % classes ? 1 : 0;
        }

        output.WriteLine($"{right} of {Count}, penalties {string.Join(", ", head.Penalties)}");
        Assert.InRange(right, Count * 0.9, Count);
    }

    [Fact]
    public void Fit_PicturesOfOnePatient_StandInOneFold()
    {
        // Labels are noise, but every patient's pictures are alike: only folds that tear patients apart could know them.
        var draw = new Philox(1, 0, 0);
        int[] patients = [.. Enumerable.Range(0, Count).Select(i => i / 3)];
        var labels = patients.Select(patient => ImmutableArray.Create(draw.Below(2, (ulong)patient))).ToArray();
        float[] values = [.. patients.SelectMany(patient => Enumerable.Range(0, 40).Select(j => (float)draw.Normal((ulong)((patient * 40) + j + 1000))))];

        var head = ImageHead.Fit(new ImageFeatureSet(Count, 1, 40, values), labels, 2, false, [.. patients.Select(patient => $"p{patient}")], 3, TaskPool.Sequential);

        double area = Auroc.Of([.. head.OutOfFold.Select(margin => (double)margin)], [.. labels.Select(label => label[0])]);
        Assert.InRange(area, 0, 0.75);
    }

    [Fact]
    public void Fit_OnePatientOfAClass_IsRefused()
    {
        var labels = Enumerable.Range(0, 10).Select(i => ImmutableArray.Create(i == 0 ? 1 : 0)).ToArray();

        var refusal = Assert.Throws<DataException>(() =>
            ImageHead.Fit(new ImageFeatureSet(10, 1, 2, new float[20]), labels, 2, false, new string?[10], 3, TaskPool.Sequential));

        Assert.Contains("at least two patients", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_PneumoniaMnist_LearnsWithTheSameBitsForAnyNumberOfThreads()
    {
        var entry = ModelCatalogue.BuiltIn().Find("mobilenet-v1-0.25");
        if (SharedData.FindModel(entry.File) is not string model || SharedData.Find("images/medmnist/pneumoniamnist.npz") is not string archive)
        {
            output.WriteLine("Left out: the model mobilenet-v1-0.25 or pneumoniamnist.npz is not there.");
            return;
        }

        var set = ImageSet.Open(archive);
        var training = Some(set, "train", 400);
        var test = Some(set, "test", 300);
        var backbone = ImageBackbone.Read(model, ModelCatalogue.BuiltIn(), side: 112);

        using var pool = new TaskPool(2);
        var (head, areas) = Learn(set, backbone, training, test, TaskPool.Sequential);
        var (again, _) = Learn(set, backbone, training, test, pool);

        output.WriteLine($"AUROC {areas.OutOfFold:0.000} out of fold, {areas.Test:0.000} in the test part, penalty {head.Penalties[0]}, calibration {head.Calibrations[0].Name}");
        Assert.InRange(areas.Test, 0.85, 1);
        Assert.InRange(areas.OutOfFold, 0.85, 1);
        Assert.Equal(OnnxFile.ToBytes(head.OnTopOf(backbone)), OnnxFile.ToBytes(again.OnTopOf(backbone)));
        Assert.Equal(head.OutOfFold, again.OutOfFold);
    }

    private static (ImageHead Head, (double OutOfFold, double Test) Areas) Learn(ImageSet set, ImageBackbone backbone, ImageSample[] training, ImageSample[] test, TaskPool pool)
    {
        using var features = new ImageFeatures(backbone, pool);
        var seen = features.Of(training.Length, sample => set.Read(training[sample]));
        var head = ImageHead.Fit(seen, [.. training.Select(sample => sample.Labels)], 2, false, [.. training.Select(sample => sample.Patient)], 1, pool);
        var unseen = features.Of(test.Length, sample => set.Read(test[sample]));
        double[] scores = [.. head.Margins.Of(unseen, [.. Enumerable.Range(0, test.Length)]).Select(margin => (double)margin)];
        double outOfFold = Auroc.Of([.. head.OutOfFold.Select(margin => (double)margin)], [.. training.Select(sample => sample.Labels[0])]);
        return (head, (outOfFold, Auroc.Of(scores, [.. test.Select(sample => sample.Labels[0])])));
    }

    private static ImageSample[] Some(ImageSet set, string part, int count) => [.. set.Samples.Where(sample => sample.Part == part).Take(count)];

    private static ImmutableArray<int> Label(int label, int classes, bool findings) =>
        findings ? [.. Enumerable.Range(0, classes).Select(finding => finding == label ? 1 : 0)] : [label];

    private static float[] Calibrated(ImageHead head, float[] margins) =>
        [.. margins.Select((margin, k) => head.Calibrations[head.HasFindings ? k : 0].Apply([margin])[0])];
}
