using System.Collections.Immutable;
using MedTune.Data.Images;
using MedTune.Modalities.Images;

namespace MedTune.Tests;

public sealed class ChosenCasesTests
{
    [Fact]
    public void Nearest_SamePatient_IsNeverShown()
    {
        // Rows 0 and 1 point the same way, row 2 almost, row 3 elsewhere.
        var training = new ImageFeatureSet(4, 1, 2, [1, 0, 2, 0, 1, 0.1f, 0, 1]);

        var nearest = NearestCases.Of([3, 0], training, 2, row => row != 1);

        Assert.Equal([0, 2], nearest.Select(each => each.Row));
        Assert.Equal(1, nearest[0].Similarity, 12);
        Assert.Equal(1 / Math.Sqrt(1.01), nearest[1].Similarity, 6);
    }

    [Fact]
    public void Nearest_MoreThanThereAre_GivesAll()
    {
        var training = new ImageFeatureSet(2, 1, 1, [1, 0]);

        Assert.Equal([0, 1], NearestCases.Of([1], training, 3, _ => true).Select(each => each.Row));
    }

    [Fact]
    public void Worst_TwoClasses_AreTheMostConfidentWrongAnswers()
    {
        var (images, part) = Judged(["ill", "well"], false, [[0], [1], [1], [0], [1]], [0.2, 0.8, 0.4, 0.6, 0.9, 0.1, 0.9, 0.1, 0.35, 0.65]);

        var cases = JudgedCase.All(images, part, []);
        var worst = JudgedCase.Worst(cases, 2);

        Assert.Equal([2, 0], worst.Select(each => each.Row));
        Assert.Equal(("well", "ill", 0.9), (worst[0].Truth, worst[0].Answer, worst[0].Probability));
        Assert.Contains(1, JudgedCase.Worst(JudgedCase.All(images, part, [0.7]), 9).Select(each => each.Row));
        Assert.Equal(2, JudgedCase.Typical(cases, 4).Count(each => each.IsRight));
        Assert.Equal(4, JudgedCase.Typical(cases, 4).Length);
    }

    [Fact]
    public void All_SeveralFindings_AreJudgedEachAtItsThreshold()
    {
        var (images, part) = Judged(["mass", "fluid"], true, [[1, 0], [0, 1]], [0.4, 0.4, 0.6, 0.1]);

        var cases = JudgedCase.All(images, part, [0.3, 0.5]);

        Assert.Equal(["mass: present", "fluid: absent", "mass: present", "fluid: absent"], cases.Select(each => each.Answer));
        Assert.Equal([true, true, false, false], cases.Select(each => each.IsRight));
        Assert.Equal(("fluid: present", 0.9), (JudgedCase.Worst(cases, 1)[0].Truth, JudgedCase.Worst(cases, 1)[0].Probability));
        Assert.Equal("mass", JudgedCase.Label(images, 0));
    }

    private static (ImageSet Images, EvidencePart Part) Judged(string[] classes, bool findings, int[][] labels, double[] probabilities)
    {
        var samples = labels.Select((label, i) => new ImageSample($"{i}.png", [.. label])).ToImmutableArray();
        var images = new ImageSet("", [.. classes], findings, samples, [], (_, _) => throw new InvalidOperationException("No picture is needed."));
        return (images, new EvidencePart("test", [.. Enumerable.Range(0, labels.Length)], probabilities, new ImageFeatureSet(labels.Length, 1, 1, new float[labels.Length])));
    }
}
