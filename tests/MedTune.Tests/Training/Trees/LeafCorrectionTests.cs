using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Trees;

/// <summary>Corrections of leaves against a one-dimensional optimum, and their limits.</summary>
public sealed class LeafCorrectionTests
{
    // One stump at 0.5: three samples on the left, two on the right.
    private static readonly TreeEnsemble Stump = new(
        1,
        [0],
        [new(TreeBranch.LessOrEqual, 0, 0.5, 1, 2, true, 5), new(TreeBranch.Leaf, 0, 0, 0, 1, false, 3), new(TreeBranch.Leaf, 0, 0, 1, 2, false, 2)],
        [new(0, -1), new(0, 1)],
        [],
        false);

    private static readonly float[] Values = [0, 0.25f, float.NaN, 1, 2];
    private static readonly int[] Classes = [0, 1, 1, 1, 0];
    private static readonly float[] Margins = [-1, -1, 0.5f, 1, 1];

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    public void Fit_OneStump_EachLeafIsAtItsOwnPenalizedOptimum(double spread)
    {
        double[] corrections = Correction().Fit(spread);

        for (int leaf = 0; leaf < 2; leaf++)
        {
            int[] own = leaf == 0 ? [0, 1, 2] : [3, 4];
            double slope = own.Sum(i => (1 / (1 + Math.Exp(-(Margins[i] + corrections[leaf])))) - Classes[i]) + (corrections[leaf] / (spread * spread));
            Assert.Equal(0, slope, 1e-4);
        }
    }

    [Fact]
    public void Fit_HardlyAnySpread_LeavesTheMarginsAsTheyAre() => Assert.All(Correction().Fit(1e-4), correction => Assert.Equal(0, correction, 1e-6));

    [Fact]
    public void Fit_SeveralClasses_LowersTheLoss()
    {
        var trees = Stump with { Targets = 3, Weights = [new(0, 0), new(2, 0)] };
        var matrix = Tensor.Create(new Shape(4, 1), [0f, 0f, 1f, 1f]);
        double[] corrections = new LeafCorrection([trees], matrix, [0, 1, 2, 3], new float[12], [0, 0, 2, 1], 3).Fit(1);

        Assert.True(corrections[0] > 0.3);
        Assert.True(corrections[1] > 0);
    }

    private static LeafCorrection Correction() =>
        new([Stump], Tensor.Create(new Shape(5, 1), Values), [0, 1, 2, 3, 4], Margins, Classes, 1);
}
