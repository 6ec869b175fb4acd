using MedTune.Training;

namespace MedTune.Tests.Training.Sampling;

/// <summary>Confident learning finds labels that were flipped, and estimates how many.</summary>
public sealed class ConfidentLearningTests
{
    [Fact]
    public void Of_ByHand_GivesThresholdsJointAndBeliefs()
    {
        // Labels 0, 0, 0, 1, 1; the third is confidently of class 1.
        double[] probabilities = [0.9, 0.1, 0.8, 0.2, 0.1, 0.9, 0.2, 0.8, 0.3, 0.7];
        var found = ConfidentLearning.Of(probabilities, [0, 0, 0, 1, 1], 2);
        Assert.Equal(0.6, found.Thresholds[0], 12);
        Assert.Equal(0.75, found.Thresholds[1], 12);
        Assert.Equal([0, 0, 1, 1, 1], found.Believed.AsEnumerable());
        Assert.Equal(new[] { 0.8, 0.6, -0.8, 0.6, 0.4 }, found.Quality, (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal(0.2, found.Joint[0][1], 12); // a third of three fifths
        Assert.Equal(0.4, found.Joint[1][1], 12);
        Assert.Equal(0.2, found.NoiseRate, 12);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void Of_FlippedLabels_AreFoundAndCounted(double share)
    {
        var made = FlippedSamples.Make(3000, 3, share, seed: 5);
        var found = ConfidentLearning.Of(made.Probabilities, made.Labels, 3);
        Assert.InRange(found.NoiseRate, 0.7 * share, 1.4 * share);
        int flipped = made.IsFlipped.Count(value => value);
        int hits = Enumerable.Range(0, 3000).OrderBy(i => found.Quality[i]).Take(flipped).Count(i => made.IsFlipped[i]);
        Assert.True(hits >= 0.8 * flipped, $"{hits} of {flipped}");
    }

    [Fact]
    public void Of_WhatCannotBe_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ConfidentLearning.Of([0.5, 0.5], [0, 1], 2));
        Assert.Throws<ArgumentException>(() => ConfidentLearning.Of([0.5, double.NaN], [0], 2));
        Assert.Throws<ArgumentException>(() => ConfidentLearning.Of([0.5, 0.5], [2], 2));
        Assert.Contains("Class 1 has no sample", Assert.Throws<ArgumentException>(() => ConfidentLearning.Of([0.5, 0.5], [0], 2)).Message, StringComparison.Ordinal);
    }
}
