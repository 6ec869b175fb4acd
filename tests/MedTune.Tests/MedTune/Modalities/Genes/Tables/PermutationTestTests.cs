using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Modalities.Genes;
using MedTune.Tensors;

namespace MedTune.Tests;

/// <summary>Shuffled labels as a yardstick: what is told is far beyond them, what is not lies among them.</summary>
public sealed class PermutationTestTests
{
    [Fact]
    public void Run_LabelsThatAreTold_AreBeyondAllShuffles()
    {
        var found = Run(MadeTables.Of(GeneForm.Expression, samples: 50, effect: 2), 50, TaskPool.Sequential)!;

        Assert.True(found.Auroc > 0.75, $"{found.Auroc}");
        Assert.Equal(1.0 / 51, found.PValue);
        Assert.InRange(found.Shuffled.Average(), 0.4, 0.6);
    }

    [Fact]
    public void Run_LabelsThatNothingTells_LieAmongTheShuffles()
    {
        double[] values = [.. Enumerable.Range(0, 8).Select(seed => Run(MadeTables.Of(GeneForm.Expression, samples: 40, features: 60, effect: 0, seed: (ulong)seed), 39, TaskPool.Sequential)!.PValue)];

        // Of eight p-values below 0.05 under the null two or more come once in 20 times; the mean is 0.5 with a standard error of 0.1.
        Assert.True(values.Count(value => value <= 0.05) <= 2);
        Assert.InRange(values.Average(), 0.2, 0.8);
    }

    [Fact]
    public void Run_MoreThreadsAndGroups_SameAreas()
    {
        var data = MadeTables.Of(GeneForm.Expression, samples: 40, features: 60, classes: 3);
        using var pool = new TaskPool(3);
        Assert.Equal(Run(data, 20, TaskPool.Sequential)!.Shuffled, Run(data, 20, pool)!.Shuffled);
    }

    [Fact]
    public void Run_TimeIsUp_SaysHowManyWereDone()
    {
        var data = MadeTables.Of(GeneForm.Expression, samples: 40, features: 60);
        int asked = 0;
        var found = Run(data, 1000, TaskPool.Sequential, () => ++asked > 1)!;

        Assert.Equal(32, found.Shuffled.Length);
        Assert.Equal(Run(data, 32, TaskPool.Sequential)!.PValue, found.PValue);
    }

    private static PermutationTest? Run(GeneData data, int permutations, TaskPool pool, Func<bool>? isTimeUp = null) => PermutationTest.Run(
        data, Splits.KFold([.. data.Classes], [.. data.Groups], 5, 1), new PermutationOptions { Permutations = permutations }, 4, pool, isTimeUp ?? (() => false), default);
}
