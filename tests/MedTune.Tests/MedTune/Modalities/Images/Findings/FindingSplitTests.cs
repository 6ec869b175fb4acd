using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Modalities.Images;

namespace MedTune.Tests;

/// <summary>Pictures with alike findings stand in every part.</summary>
public sealed class FindingSplitTests
{
    [Fact]
    public void Strata_FrequentCombinationsAlone_RareOnesByTheirRarestFinding()
    {
        // 30 with the first, 25 with the first and second, 3 with all, 2 with the second and third, 40 with none.
        ImmutableArray<ImmutableArray<int>> labels =
            [.. Repeat(30, 1, 0, 0), .. Repeat(25, 1, 1, 0), .. Repeat(3, 1, 1, 1), .. Repeat(2, 0, 1, 1), .. Repeat(40, 0, 0, 0)];

        var strata = FindingStrata.Of(labels, [.. Enumerable.Range(0, labels.Length)]);

        Assert.Equal(4, strata.Distinct().Count());
        Assert.Equal(strata[55], strata[59]);
        Assert.Equal([30, 25, 5, 40], strata.CountBy(number => number).Select(pair => pair.Value));
    }

    [Fact]
    public void Strata_ManyPicturesOfOnePatient_CountOnce()
    {
        ImmutableArray<ImmutableArray<int>> labels = [.. Repeat(40, 1, 1), .. Repeat(30, 1, 0), .. Repeat(30, 0, 1)];
        ImmutableArray<int> groups = [.. Enumerable.Repeat(0, 40), .. Enumerable.Range(1, 60)];

        var strata = FindingStrata.Of(labels, groups);

        // The pair is of one patient only: it counts by one of its findings, whose own pictures are enough to stand alone.
        Assert.Equal(3, strata.Distinct().Count());
    }

    [Fact]
    public void KFold_OfStrata_HasARareFindingInEveryFold()
    {
        ImmutableArray<ImmutableArray<int>> labels = [.. Enumerable.Range(0, 200).Select(i => (ImmutableArray<int>)[i % 2, i % 3 == 0 ? 1 : 0, i % 20 == 0 ? 1 : 0])];
        int[] groups = [.. Enumerable.Range(0, labels.Length)];
        for (ulong seed = 0; seed < 20; seed++)
        {
            var folds = Splits.KFold([.. FindingStrata.Of(labels, [.. groups])], groups, 5, seed);

            Assert.All(Enumerable.Range(0, 5), fold => Assert.Equal(2, folds.TestRows(fold).Count(row => labels[row][2] == 1)));
            Assert.All(Enumerable.Range(0, 5), fold => Assert.InRange(folds.TestRows(fold).Count(row => labels[row][1] == 1), 11, 16));
        }
    }

    private static IEnumerable<ImmutableArray<int>> Repeat(int count, params int[] labels) => Enumerable.Repeat(labels.ToImmutableArray(), count);
}
