using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>All the evidence of a small model, made twice with another number of threads.</summary>
public sealed class ImageEvidenceMakerTests
{
    private const int Count = 60;

    [Fact]
    public void Of_SmallModel_ShowsWhatIsAskedFor()
    {
        var evidence = Make(TaskPool.Sequential, names: false);

        Assert.Equal(Count, evidence.Flow[0].Images);
        Assert.Equal([true, true, false], evidence.Shown.Select(each => each.IsRight));
        Assert.Equal(6, evidence.WorstErrors.Length);
        Assert.All(evidence.WorstErrors, each => Assert.False(each.IsRight));
        Assert.All(evidence.Shown.Concat(evidence.WorstErrors), each =>
        {
            Assert.Null(each.Name);
            Assert.Equal((128, 64), (each.Picture.Width, each.Picture.Height));
            Assert.Equal(["Grad-CAM", "Occlusion"], each.Saliency.Select(map => map.Method));
            Assert.Equal(3, each.Nearest.Length);
            Assert.Equal("oof", each.Part);
        });
        Assert.Equal(["mislabelled", "rare"], evidence.Reread.Select(each => each.Reason));
        Assert.Equal(("clear", "spot", 0.9), (evidence.Reread[0].Label, evidence.Reread[0].Believed, evidence.Reread[0].Score));
        Assert.Equal((5, 6), (evidence.ContactSheet!.Pictures, evidence.ContactSheet.Variants));
        Assert.Contains("one of", evidence.ContactSheet.Changes, StringComparison.Ordinal);
        Assert.Equal(20, evidence.Robustness!.Pictures);
        Assert.Equal("", evidence.NoGradCam);
        Assert.InRange(evidence.Shown[1].Nearest[0].Similarity, 0.5, 1);
    }

    [Fact]
    public void Of_AnyNumberOfThreads_GivesTheSamePicturesAndFigures()
    {
        using var pool = new TaskPool(2);
        var one = Make(TaskPool.Sequential, names: true);
        var two = Make(pool, names: true);

        Assert.Equal(Pictures(one), Pictures(two));
        Assert.Equal(one.Robustness!.Rows.SelectMany(row => row.Values), two.Robustness!.Rows.SelectMany(row => row.Values));
        Assert.All(one.WorstErrors, each => Assert.Matches(@"^case-\d+\.png$", each.Name!));
    }

    [Fact]
    public void Nearest_OutOfFold_IsNeverThePictureItselfOrItsPatient()
    {
        // Every patient has two equal pictures: the other one would be nearest.
        var features = new ImageFeatureSet(Count, 1, Count / 2, [.. Enumerable.Range(0, Count).SelectMany(i => Enumerable.Range(0, Count / 2).Select(j => j == i / 2 ? 1f : 0))]);

        var evidence = Make(TaskPool.Sequential, names: false, features);

        Assert.All(evidence.Shown, each => Assert.All(each.Nearest, near => Assert.Equal(0, near.Similarity)));
    }

    private static ImageEvidence Make(TaskPool pool, bool names, ImageFeatureSet? features = null)
    {
        var images = MadeSpots.Set(Count);
        using var network = new ImageFeatures(MadeSpots.Backbone, pool);
        using var saliency = new ImageSaliency(MadeSpots.Model(2), null, pool);
        PixelImage[] pictures = [.. images.Samples.Select(sample => images.Read(sample))];
        double[] probabilities = [.. saliency.Probabilities(pictures).SelectMany(row => row.Select(value => (double)value))];
        return ImageEvidenceMaker.Of(new ImageEvidenceInputs
        {
            Images = images,
            Inspection = ImageInspection.Run(images, 1),
            Training = new EvidencePart("oof", [.. Enumerable.Range(0, Count)], probabilities, features ?? network.Of(Count, sample => pictures[sample])),
            Graph = MadeSpots.Model(2),
            Hard = [new HardExample(17, HardExampleKind.Mislabelled, 0.9, 1), new HardExample(4, HardExampleKind.Rare, 0.5, 0), new HardExample(5, HardExampleKind.Easy, 0.1, 0)],
            Policy = AugmentationPreset.Of("general"),
            Seed = 3,
            Pool = pool,
            ShowsNames = names,
            RobustnessPictures = 20,
        });
    }

    private static IEnumerable<string> Pictures(ImageEvidence evidence) =>
        evidence.Shown.Concat(evidence.WorstErrors).SelectMany(each => new[] { each.Picture }.Concat(each.Saliency.Select(map => map.Overlay)).Concat(each.Nearest.Select(near => near.Picture)))
            .Append(evidence.ContactSheet!.Picture).Select(picture => Convert.ToHexString(picture.Png.AsSpan()));
}
