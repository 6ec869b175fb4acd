using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Sampling;

/// <summary>The triage tells wrong labels from hard cases, puts them first on the re-read list, and never gives them more weight.</summary>
public sealed class HardExampleTriageTests
{
    private const int Count = 2000;

    [Fact]
    public void Of_FlippedLabels_AreMislabelledAndFirstOnTheList()
    {
        var (made, triage) = Triage(0.1);
        int flipped = made.IsFlipped.Count(value => value);
        var list = HardExampleTriage.ReReadList(triage, flipped);
        Assert.True(list.Count(example => made.IsFlipped[example.Sample]) >= 0.85 * flipped);
        var wrong = triage.Where(example => example.Kind == HardExampleKind.Mislabelled).ToList();
        Assert.True(wrong.Count(example => made.IsFlipped[example.Sample]) >= 0.85 * wrong.Count, "precision");
        Assert.True(wrong.Count(example => example.Believed == made.Truth[example.Sample]) >= 0.85 * wrong.Count, "belief");
    }

    [Fact]
    public void Of_CleanLabels_SuspectsFew()
    {
        var (_, triage) = Triage(0);
        Assert.True(triage.Count(example => example.Kind == HardExampleKind.Mislabelled) < 0.03 * Count);
        Assert.True(triage.Count(example => example.Kind == HardExampleKind.Easy) > 0.8 * Count);
    }

    [Fact]
    public void Of_AFewFarAway_AreRareAndThoseBetweenAreAmbiguous()
    {
        // Directions: class 0 along x, class 1 along y; ten samples lie alone along z with doubtful predictions, ten in the middle.
        var random = new Philox(2, RandomPurpose.Search, 3);
        float[] features = new float[220 * 3];
        double[] probabilities = new double[440];
        int[] labels = new int[220];
        for (int i = 0; i < 220; i++)
        {
            labels[i] = i % 2;
            (float x, float y, float z) = i >= 210 ? (0.1f, 0.1f, 1f) : i >= 200 ? (1f, 1f, 0f) : labels[i] == 0 ? (1f, 0f, 0f) : (0f, 1f, 0f);
            for (int axis = 0; axis < 3; axis++)
            {
                features[(3 * i) + axis] = (axis == 0 ? x : axis == 1 ? y : z) + (0.15f * (float)random.Normal((ulong)((3 * i) + axis)));
            }

            double own = i >= 200 ? 0.55 : 0.95;
            (probabilities[(2 * i) + labels[i]], probabilities[(2 * i) + 1 - labels[i]]) = (own, 1 - own);
        }

        var triage = HardExampleTriage.Of(ConfidentLearning.Of(probabilities, labels, 2), labels, null, NeighbourAgreement.Of(features, labels, 12));
        Assert.True(triage[210..].Count(example => example.Kind == HardExampleKind.Rare) >= 7);
        Assert.True(triage[200..210].Count(example => example.Kind == HardExampleKind.Ambiguous) >= 7);
        Assert.All(triage[..200], example => Assert.Equal(HardExampleKind.Easy, example.Kind));
    }

    [Fact]
    public void Neighbours_OfSeveralLabels_AreThoseOfEach()
    {
        var (made, _) = Triage(0.1);
        int[] other = [.. made.Labels.Select((label, i) => (label + i) % 2)];

        var both = NeighbourAgreement.OfEach(made.Features, [made.Labels, other], 7);

        Assert.Equal(NeighbourAgreement.Of(made.Features, made.Labels, 7).AsEnumerable(), both[0]);
        Assert.Equal(NeighbourAgreement.Of(made.Features, other, 7).AsEnumerable(), both[1]);
        Assert.NotEqual(both[0].AsEnumerable(), both[1]);
    }

    [Fact]
    public void Neighbours_OfTooMany_AreSoughtAmongEveryFew()
    {
        // Of 20,001 samples every third is asked: the label of all others says nothing.
        const int count = 20_001;
        float[] features = [.. Enumerable.Range(0, 2 * count).Select(i => 1f + (i % 2))];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? 1 : 0)];

        var found = NeighbourAgreement.Of(features, labels, 3);

        Assert.All(found.Index(), each => Assert.Equal(each.Index % 3 == 0 ? 1 : 0, each.Item.Agreement));
    }

    [Fact]
    public void Neighbours_AnyThreads_AreTheSameAndNotOfTheSameGroup()
    {
        var made = FlippedSamples.Make(600, 3, 0.1, seed: 1);
        using var pool = new TaskPool(3);
        var alone = NeighbourAgreement.Of(made.Features, made.Labels, 5);
        Assert.Equal(alone.AsEnumerable(), NeighbourAgreement.Of(made.Features, made.Labels, 5, null, pool));

        // Two equal samples of one patient say nothing about each other.
        float[] features = [1, 0, 1, 0, 0, 1];
        Assert.Equal(1, NeighbourAgreement.Of(features, [0, 0, 1], 1)[0].Agreement);
        Assert.Equal(0, NeighbourAgreement.Of(features, [0, 0, 1], 1, [7, 7, 8])[0].Agreement);
    }

    [Fact]
    public void Weights_HardOnesMore_MislabelledNeverMore()
    {
        var (_, triage) = Triage(0.1);
        double[] losses = [.. triage.Select(example => example.Kind == HardExampleKind.Easy ? 0.1 : 2.0)];
        double[] weights = HardExampleWeights.ByLoss(losses, triage);
        Assert.Equal(1, weights.Average(), 9);
        double easy = weights[triage.First(example => example.Kind == HardExampleKind.Easy).Sample];
        double ambiguous = weights[triage.First(example => example.Kind == HardExampleKind.Ambiguous).Sample];
        Assert.True(ambiguous > 2 * easy);
        Assert.All(triage.Where(example => example.Kind == HardExampleKind.Mislabelled), example => Assert.True(weights[example.Sample] <= ambiguous / 1.5));
        Assert.Throws<ArgumentException>(() => HardExampleWeights.ByLoss([.. losses.Select(_ => double.NaN)], triage));
    }

    [Fact]
    public void Draw_EachSample_AsOftenAsItsWeightSays()
    {
        double[] weights = [0.5, 1, 3, 0.5, 0, 1];
        double[] times = new double[6];
        for (int epoch = 0; epoch < 400; epoch++)
        {
            int[] drawn = HardExampleWeights.Draw(weights, 9, epoch);
            Assert.Equal(6, drawn.Length);
            Assert.Equal(3, drawn.Count(sample => sample == 2));
            Array.ForEach(drawn, sample => times[sample] += 1 / 400.0);
        }

        Assert.Equal(weights, times, (one, other) => Math.Abs(one - other) < 0.12);
        Assert.Equal(HardExampleWeights.Draw(weights, 9, 7), HardExampleWeights.Draw(weights, 9, 7));
    }

    private static (FlippedSamples Made, System.Collections.Immutable.ImmutableArray<HardExample> Triage) Triage(double share)
    {
        var made = FlippedSamples.Make(Count, 3, share, seed: 11);
        var neighbours = NeighbourAgreement.Of(made.Features, made.Labels, 15);
        return (made, HardExampleTriage.Of(ConfidentLearning.Of(made.Probabilities, made.Labels, 3), made.Labels, null, neighbours));
    }
}
