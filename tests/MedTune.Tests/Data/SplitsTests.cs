using MedTune.Data;
using MedTune.Tensors;

namespace MedTune.Tests.Data;

public sealed class SplitsTests
{
    [Fact]
    public void KFold_SingleRows_HaveEqualSharesOfEveryClass()
    {
        int[] classes = [.. Enumerable.Range(0, 303).Select(i => i % 7 == 0 ? 2 : i % 2)];
        int[] groups = [.. Enumerable.Range(0, 303)];
        FoldAssignment folds = Splits.KFold(classes, groups, 5, seed: 1);
        for (int c = 0; c < 3; c++)
        {
            int[] counts = [.. Enumerable.Range(0, 5).Select(fold => folds.TestRows(fold).Count(row => classes[row] == c))];
            Assert.True(counts.Max() - counts.Min() <= 1, $"class {c}: {string.Join(' ', counts)}");
        }

        Assert.Equal(303, Enumerable.Range(0, 5).Sum(fold => folds.TestRows(fold).Length));
        Assert.Equal(303, folds.TestRows(0).Length + folds.TrainingRows(0).Length);
    }

    [Fact]
    public void KFold_RandomGroups_AreNeverTornAndSharesStayClose()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            var random = new Philox(seed, RandomPurpose.Search, 3);
            int rows = 200 + random.Below(400, 0);
            int[] groups = [.. Enumerable.Range(0, rows).Select(i => random.Below(rows / 3, (ulong)(i + 1)))];
            int[] classes = [.. Enumerable.Range(0, rows).Select(i => random.Below(4, (ulong)(i + 5000)) == 0 ? 1 : 0)];
            FoldAssignment folds = Splits.KFold(classes, groups, 5, seed);
            Assert.All(Enumerable.Range(0, rows).GroupBy(row => groups[row]), group => Assert.Single(group.Select(row => folds.FoldOfRow[row]).Distinct()));
            double share = classes.Average();
            for (int fold = 0; fold < 5; fold++)
            {
                int[] test = folds.TestRows(fold);
                Assert.InRange(test.Length, (rows / 5) - 6, (rows / 5) + 6);
                Assert.InRange(test.Average(row => classes[row]), share - 0.04, share + 0.04);
            }
        }
    }

    [Fact]
    public void KFold_SameSeed_SameFolds_WhateverTheOrderOfTheRows()
    {
        int[] classes = [.. Enumerable.Range(0, 100).Select(i => i % 3 == 0 ? 1 : 0)];
        int[] groups = [.. Enumerable.Range(0, 100).Select(i => i / 2)];
        int[] rows = [.. Enumerable.Range(0, 80)];
        FoldAssignment folds = Splits.KFold(classes, groups, 4, 9, rows);
        Assert.Equal(folds.FoldOfRow, Splits.KFold(classes, groups, 4, 9, [.. rows.Reverse()]).FoldOfRow);
        Assert.NotEqual(folds.FoldOfRow, Splits.KFold(classes, groups, 4, 10, rows).FoldOfRow);
        Assert.All(folds.FoldOfRow.Skip(80), fold => Assert.Equal(-1, fold));

        // The same folds on every machine and in every version: a change here changes every user's split.
        Assert.Equal("32001030130221121030", string.Concat(folds.FoldOfRow.Take(40).Where((_, i) => i % 2 == 0)));
    }

    [Fact]
    public void KFold_FewGroups_FillEveryFold()
    {
        FoldAssignment folds = Splits.KFold([0, 0, 0, 1, 1], [0, 0, 0, 1, 2], 3, 1);
        Assert.All(Enumerable.Range(0, 3), fold => Assert.NotEmpty(folds.TestRows(fold)));
        DataException refusal = Assert.Throws<DataException>(() => Splits.KFold([0, 0, 1], [0, 0, 1], 3, 1));
        Assert.Contains("there are 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SealedPart_HasItsShareOfRowsAndClasses()
    {
        int[] classes = [.. Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? 1 : 0)];
        int[] groups = [.. Enumerable.Range(0, 1000).Select(i => i % 3 == 0 ? i : 3000 + (i / 4))];
        (int[] kept, int[] held) = Splits.SealedPart(classes, groups, 0.2, 1);
        Assert.Equal(1000, kept.Length + held.Length);
        Assert.InRange(held.Length, 196, 204);
        Assert.InRange(held.Count(row => classes[row] == 1), 19, 21);
        Assert.Empty(kept.Select(row => groups[row]).Intersect(held.Select(row => groups[row])));
        Assert.Equal(held.Order(), held);
        (_, int[] other) = Splits.Holdout(classes, groups, 0.2, 1, kept);
        Assert.All(other, row => Assert.Contains(row, kept));
    }

    [Fact]
    public void MostFolds_IsTheGroupsOfTheRarestClass()
    {
        Assert.Equal(2, Splits.MostFolds([0, 0, 0, 1, 1, 1], [0, 1, 2, 3, 3, 4], [0, 1, 2, 3, 4, 5]));
        Assert.Equal(0, Splits.MostFolds([0, 0], [0, 1], []));
    }
}
