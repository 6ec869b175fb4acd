using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

public sealed class PolicyTests
{
    private static int[] Chosen
    {
        get
        {
            double[] marker = TreatmentGolden.Column("marker");
            double[] age = TreatmentGolden.Column("age");
            return [.. marker.Select((value, row) => value > 0 ? 1 : age[row] > 65 ? 2 : 0)];
        }
    }

    [Fact]
    public void PolicyValue_GoldenRows_MatchesTheDefinition()
    {
        double[] expected = TreatmentGolden.Expected("policy");
        PolicyValue value = PolicyValue.Of(TreatmentGolden.Scores(), Chosen);
        TreatmentGolden.Near(expected[..2], value.Value);
        for (int arm = 0; arm < 3; arm++)
        {
            PolicyAlternative against = value.AgainstArm(arm);
            Golden.Near(expected[2 + (3 * arm)], against.Value.Value);
            Golden.Near(expected[3 + (3 * arm)], against.Difference.Value);
            Golden.Near(expected[4 + (3 * arm)], against.Difference.StandardError);
        }
        Golden.Near(expected[11], value.AgainstRandom.Value.Value);
        Golden.Near(expected[12], value.AgainstRandom.Difference.Value);

        // The script leaves patients out one by one; the influences are its limit.
        Golden.Near(expected[13], value.AgainstRandom.Difference.StandardError, 0.02);
        TreatmentGolden.Near(TreatmentGolden.Expected("policy_shares"), value.ArmShares);
        Assert.Equal((1, PolicyAlternativeKind.BestArm), (value.AgainstBestArm.Arm, value.AgainstBestArm.Kind));
    }

    [Fact]
    public void PolicyValue_OneArmForAll_HasNothingToGain()
    {
        PolicyValue all = PolicyValue.Of(TreatmentGolden.Scores(), [.. Enumerable.Repeat(1, 240)]);
        Assert.Equal((0, false), (all.AgainstArm(1).Difference.Value, all.AgainstArm(1).Difference.Figure.HasInterval));
        Golden.Near(0, all.AgainstRandom.Difference.Value, 1e-12);
        Assert.Throws<InvalidPredictionsException>(() => PolicyValue.Of(TreatmentGolden.Scores(), [.. Enumerable.Repeat(3, 240)]));
    }

    [Fact]
    public void PolicyValue_AnyOrderOfRows_GivesTheSameBits()
    {
        int[] order = TreatmentProperties.Order(240);
        PolicyValue given = PolicyValue.Of(TreatmentGolden.Scores(), Chosen);
        PolicyValue mixed = PolicyValue.Of(TreatmentGolden.Scores().Subset(order), Array.ConvertAll(order, row => Chosen[row]));
        Assert.Equal(given.Value, mixed.Value);
        Assert.Equal(given.Alternatives.AsEnumerable(), mixed.Alternatives);
    }

    [Fact]
    public void PolicyTree_SixtyRows_IsAsGoodAsTheBestOfAll()
    {
        int[] few = [.. Enumerable.Range(0, 60)];
        double[][] columns = [.. new[] { "age", "sex", "marker" }.Select(name => TreatmentGolden.Column(name)[..60])];
        DoublyRobustScores scores = TreatmentGolden.Scores().Subset(few);
        double[] expected = TreatmentGolden.Expected("tree");
        Golden.Near(expected[0], PolicyTree.Fit([], scores).FittedValue);
        Golden.Near(expected[1], PolicyTree.Fit(columns, scores, new PolicyTreeOptions { Depth = 1, LeastRows = 5, CutPoints = 100 }).FittedValue);
        PolicyTree tree = PolicyTree.Fit(columns, scores, new PolicyTreeOptions { LeastRows = 5, CutPoints = 100 });
        Golden.Near(expected[2], tree.FittedValue);
        Golden.Near(tree.FittedValue, PolicyValue.Of(scores, tree.Choose(columns, 60)).Value.Value);
        Assert.Equal(60, tree.Leaves.Sum(leaf => leaf.Rows));
        Assert.All(tree.Leaves, leaf => Assert.True(leaf.Rows >= 5));
    }

    [Fact]
    public void PolicyTree_PlantedRule_IsRead()
    {
        // Arm 1 helps where the first column is at most 3 and the second above 1, arm 2 where the first is above 3.
        (DoublyRobustScores scores, double[][] columns) = Planted(2000, 6, 3);
        PolicyTree tree = PolicyTree.Fit(columns, scores);
        Assert.Equal(
            ["c0<=3 & c1<=1: 0", "c0<=3 & c1>1: 1", "c0>3: 2"],
            tree.Leaves.Select(leaf => string.Join(" & ", leaf.Conditions.Select(one => $"c{one.Column}{(one.IsAbove ? ">" : "<=")}{one.Threshold}")) + $": {leaf.Arm}"));
        Assert.Equal(1, tree.Choose([2, 3, 0, 0, 0, 0]));
        Assert.Equal(2, tree.Choose([double.NaN, 3, 0, 0, 0, 0]));

        int[] order = TreatmentProperties.Order(2000);
        PolicyTree mixed = PolicyTree.Fit([.. columns.Select(column => Array.ConvertAll(order, row => column[row]))], scores.Subset(order));
        Assert.Equal(tree.FittedValue, mixed.FittedValue);
        Assert.Equal(tree.Leaves.SelectMany(leaf => leaf.Conditions), mixed.Leaves.SelectMany(leaf => leaf.Conditions));
    }

    [Fact]
    public void PolicyTree_NoDifferences_TreatsAllAlike()
    {
        TreatmentPredictions rows = TreatmentPredictions.OfTrial([1, 2, 1, 2], [0, 1, 0, 1], ["no", "yes"]);
        PolicyTree tree = PolicyTree.Fit([[1, 1, 2, 2]], DoublyRobustScores.Of(rows), new PolicyTreeOptions { LeastRows = 1 });
        Assert.Empty(Assert.Single(tree.Leaves).Conditions);
        Assert.Equal(1, tree.Leaves[0].Arm);
        Assert.Throws<InvalidPredictionsException>(() => PolicyTree.Fit([[1, 2]], DoublyRobustScores.Of(rows)));
        Assert.Throws<ArgumentException>(() => PolicyTree.Fit([], DoublyRobustScores.Of(rows), new PolicyTreeOptions { Depth = 3 }));
    }

    [Fact]
    public void PolicyTree_Missing_CanBeTheRule()
    {
        double[] column = [.. Enumerable.Range(0, 40).Select(row => row % 2 == 0 ? double.NaN : row)];
        TreatmentPredictions rows = new(
            [.. Enumerable.Repeat(0.0, 40)], [.. Enumerable.Range(0, 40).Select(row => row / 2 % 2)], [.. Enumerable.Repeat(0.5, 80)],
            [.. column.SelectMany(value => new[] { 0, double.IsNaN(value) ? 1.0 : -1.0 })], ["no", "yes"]);
        PolicyTree tree = PolicyTree.Fit([column], DoublyRobustScores.Of(rows with { Outcomes = [.. rows.Arms.Select((arm, row) => rows.OutcomePredictions[(2 * row) + arm])] }));
        Assert.Equal(new PolicyCondition(0, 39, true), Assert.Single(tree.Leaves[1].Conditions));
        Assert.Equal((0, 1), (tree.Choose([1000.0 - 990]), tree.Choose([double.NaN])));
    }

    [Fact]
    public void PolicyTree_ManyValues_IsCutAtTheStatedNumberOfQuantiles()
    {
        (DoublyRobustScores scores, double[][] columns) = Planted(3000, 12, 400);
        Assert.Equal(16, new CutColumn(columns[5], 16).Thresholds.Length);
        Assert.Equal(6, new CutColumn(columns[0], 16).Thresholds.Length);
        Assert.Equal(3, PolicyTree.Fit(columns, scores, new PolicyTreeOptions { CutPoints = 16 }).Leaves.Length);
    }

    private static (DoublyRobustScores Scores, double[][] Columns) Planted(int rows, int columnCount, int levels)
    {
        double[][] columns =
        [
            .. Enumerable.Range(0, columnCount).Select(column =>
            {
                Philox random = new(11, RandomPurpose.Split, (ulong)column);
                return Enumerable.Range(0, rows).Select(row => column < 2 ? random.Below(7, (ulong)row) : (double)random.Below(levels, (ulong)row)).ToArray();
            }),
        ];
        Philox noise = new(11, RandomPurpose.Split, 1000);
        double[] outcomes = new double[rows];
        int[] arms = new int[rows];
        double[] expected = new double[3 * rows];
        for (int row = 0; row < rows; row++)
        {
            arms[row] = row % 3;
            expected[(3 * row) + 1] = columns[0][row] <= 3 && columns[1][row] > 1 ? 1 : -1;
            expected[(3 * row) + 2] = columns[0][row] > 3 ? 1 : -1;
            outcomes[row] = expected[(3 * row) + arms[row]] + (0.3 * noise.Normal((ulong)row));
        }
        double third = 1.0 / 3;
        return (DoublyRobustScores.Of(new TreatmentPredictions(outcomes, arms, [.. Enumerable.Repeat(third, 3 * rows)], expected, ["a", "b", "c"])), columns);
    }
}
