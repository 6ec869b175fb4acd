using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class OverlapTests
{
    [Fact]
    public void BalanceTable_GoldenRows_MatchesTheDefinition()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        BalanceTable table = BalanceTable.Of(Columns(), rows.Arms, 3, OverlapWeights.InversePropensity(rows.Propensities, rows.Arms, 3));
        Assert.Equal(
            [("age", BalanceKind.Mean, ""), ("sex", BalanceKind.Share, "f"), ("sex", BalanceKind.Share, "m"), ("dose", BalanceKind.Mean, ""), ("dose", BalanceKind.Missing, "")],
            table.Lines.Select(line => (line.Column, line.Kind, line.Level)));
        TreatmentGolden.Near(
            TreatmentGolden.Expected("balance"),
            table.Lines.SelectMany(line => new[]
            {
                [.. line.Values, line.Differences[1], line.Differences[2], line.Largest],
                line.Weighted.Concat([line.WeightedDifferences[1], line.WeightedDifferences[2], line.LargestWeighted]),
            }).SelectMany(part => part));
        TreatmentGolden.Near(TreatmentGolden.Expected("effective_rows"), table.EffectiveRowsByArm);
        Assert.Equal(table.Lines.Count(line => line.Largest > 0.1), table.NoticeableLines);
        Assert.True(table.Lines[0].LargestWeighted < table.Lines[0].Largest);
    }

    [Fact]
    public void BalanceTable_SeparatingFactAndCopies_AreInfiniteAndZero()
    {
        BalanceTable table = BalanceTable.Of([BalanceColumn.OfNumbers("copy", [0, 0, 1, 1]), BalanceColumn.OfNumbers("same", [3, 3, 3, 3])], [0, 0, 1, 1], 2);
        Assert.Equal(double.PositiveInfinity, table.Lines[0].Differences[1]);
        Assert.Equal(0, table.Lines[1].Largest);
        Assert.Equal(1.959963984540054, table.ChanceByArm[1], 12);
        Assert.Equal(1, table.NoticeableLines);
        Assert.Throws<InvalidPredictionsException>(() => BalanceTable.Of([], [0, 0], 2));
        Assert.Throws<InvalidPredictionsException>(() => BalanceTable.Of([BalanceColumn.OfNumbers("short", [1])], [0, 1], 2));
        Assert.Throws<InvalidPredictionsException>(() => BalanceColumn.OfLevels("sex", [0, 2], ["f", "m"]));
    }

    [Fact]
    public void BalanceTable_AnyOrderOfRows_GivesTheSameBits()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        int[] order = TreatmentProperties.Order(rows.Count);
        double[] age = TreatmentGolden.Column("age");
        double[] weights = OverlapWeights.Overlapping(rows.Propensities, rows.Arms, 3);
        BalanceLine given = BalanceTable.Of([BalanceColumn.OfNumbers("age", age)], rows.Arms, 3, weights).Lines[0];
        BalanceLine mixed = BalanceTable.Of(
            [BalanceColumn.OfNumbers("age", Array.ConvertAll(order, row => age[row]))], Array.ConvertAll(order, row => rows.Arms[row]), 3, Array.ConvertAll(order, row => weights[row])).Lines[0];
        Assert.Equal(given.WeightedDifferences.AsEnumerable(), mixed.WeightedDifferences);
        Assert.Equal(given.Differences.AsEnumerable(), mixed.Differences);
    }

    [Fact]
    public void OverlapFigures_GoldenRows_CountsRowsAndPatients()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        OverlapFigures figures = OverlapFigures.Of(rows.Propensities, rows.Arms, 3, rows.Groups, 0.15);
        TreatmentGolden.Near(
            TreatmentGolden.Expected("overlap"),
            [figures.RowsOutside, figures.PatientsOutside, .. figures.Arms.Select(arm => (double)arm.RowsBelow), .. figures.Arms.Select(arm => (double)arm.ReceivedOutside)]);
        TreatmentGolden.Near(
            TreatmentGolden.Expected("histogram"), figures.Arms.SelectMany(arm => arm.Histograms).SelectMany(counts => counts).Select(count => (double)count));
        TreatmentGolden.Near(TreatmentGolden.Expected("effective_rows"), figures.Arms.Select(arm => arm.EffectiveRows));
        Assert.Equal(figures.RowsOutside, figures.IsOutside.Count(one => one));
        Assert.Equal(rows.Groups!.Distinct().Count(), figures.Patients);
    }

    [Fact]
    public void OverlapWeights_WithinAnArm_SumToTheRows()
    {
        TreatmentPredictions rows = TreatmentGolden.Predictions();
        foreach (double[] weights in new[] { OverlapWeights.InversePropensity(rows.Propensities, rows.Arms, 3), OverlapWeights.Overlapping(rows.Propensities, rows.Arms, 3) })
        {
            for (int arm = 0; arm < 3; arm++)
            {
                Golden.Near(rows.Count, weights.Where((_, row) => rows.Arms[row] == arm).Sum(), 1e-12);
            }
        }
        Assert.Equal(0.21, OverlapWeights.Of([0.3, 0.7]), 12);
        Assert.Equal(0, OverlapWeights.Of([0, 1]));
        Assert.Equal(0, EffectiveSampleSize.Of([]));
        Assert.Equal(4, EffectiveSampleSize.Of([2, 2, 2, 2]), 12);
    }

    private static BalanceColumn[] Columns() =>
    [
        BalanceColumn.OfNumbers("age", TreatmentGolden.Column("age")),
        BalanceColumn.OfLevels("sex", TreatmentGolden.Numbers("sex"), ["f", "m"]),
        BalanceColumn.OfNumbers("dose", TreatmentGolden.Column("dose")),
    ];
}
