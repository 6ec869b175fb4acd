using System.Globalization;
using System.Text;
using MedTune.Data;

namespace MedTune.Tests.Data;

/// <summary>Against the figures of tests/TestData/Data/baseline.py, and what must not be shown.</summary>
public sealed class BaselineTableTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void Measure_GoldenColumns_GivesMeansQuartilesAndDifferences()
    {
        BaselineTable table = Golden();
        Assert.Equal([60, 40, 20], table.Sizes.ToArray());
        BaselineColumn age = table.Columns[0];
        Assert.Equal(BaselineFigure.Mean, age.Lines.Single().Figure);
        Assert.Equal(56.483333333333334, age.Lines[0].Cells[0].Value, Tolerance);
        Assert.Equal(9.153107588741292, age.Lines[0].Cells[0].Second, Tolerance);
        Assert.Equal((55.475, 58.5), (age.Lines[0].Cells[1].Value, age.Lines[0].Cells[2].Value));
        Assert.Equal(9.063840528617277, age.Lines[0].Cells[1].Second, Tolerance);
        Assert.Equal(0.33078538970726157, age.Differences.Single(), Tolerance);

        BaselineColumn skew = table.Columns[1];
        Assert.Equal(BaselineFigure.Median, skew.Lines[0].Figure);
        BaselineCell all = skew.Lines[0].Cells[0];
        Assert.Equal(51.2, all.Value, Tolerance);
        Assert.Equal(5.475, all.Second, Tolerance);
        Assert.Equal(172.8, all.Third, Tolerance);
        Assert.Equal(0.07314700653244464, skew.Differences.Single(), Tolerance);

        Assert.Equal(0.1161207874559812, table.Columns[2].Differences.Single(), Tolerance);
        Assert.Equal(0.11215443081840884, table.Columns[3].Differences.Single(), Tolerance);
        Assert.Equal("b", Assert.Single(table.Columns[3].Lines).Level);
    }

    [Fact]
    public void Measure_SmallCount_IsHiddenWithWhatItWouldFollowFrom()
    {
        // Level d: 6 without the outcome, 3 with. Neither may be shown, as their sum is; among those with the outcome another level goes too.
        BaselineLine[] lines = [.. Golden().Columns[2].Lines];
        Assert.Equal(["a", "b", "c", "d"], lines.Select(line => line.Level));
        Assert.Equal(BaselineCellState.Small, lines[3].Cells[2].State);
        Assert.Equal(BaselineCellState.Withheld, lines[3].Cells[1].State);
        Assert.Equal((BaselineCellState.Shown, 9.0), (lines[3].Cells[0].State, lines[3].Cells[0].Value));
        Assert.Contains(lines[..3], line => line.Cells[2].State == BaselineCellState.Withheld);
        Assert.All(lines.SelectMany(line => line.Cells).Where(cell => cell.State != BaselineCellState.Shown), cell => Assert.True(double.IsNaN(cell.Value) && double.IsNaN(cell.Second)));
    }

    [Fact]
    public void Measure_RareLevels_AreNotNamed()
    {
        var text = new StringBuilder("x,y\n");
        for (int i = 0; i < 40; i++)
        {
            text.Append(i < 2 ? "Zzyzx" + i : i % 4 < 2 ? "common" : "other").Append(',').Append(i % 2).Append('\n');
        }

        BaselineColumn column = Table(text.ToString()).Columns.Single();
        Assert.Equal(["common", "other", null], column.Lines.Select(line => line.Level));
        Assert.Equal(BaselineCellState.Small, column.Lines[2].Cells[0].State);
    }

    [Fact]
    public void Measure_OneRowInAGroup_GivesNoFigures()
    {
        var text = new StringBuilder("x,z,y\n");
        for (int i = 0; i < 30; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i * 1.7},{(i % 3 == 0 ? "" : "1.5" + i)},{(i == 7 ? 1 : 0)}\n");
        }

        BaselineColumn column = Table(text.ToString()).Columns[0];
        Assert.Equal([BaselineCellState.Shown, BaselineCellState.Shown, BaselineCellState.TooFew], column.Lines[0].Cells.Select(cell => cell.State));
        Assert.True(double.IsNaN(column.Differences.Single()));
    }

    [Fact]
    public void Measure_ThreeClasses_GivesTheLargestDifference()
    {
        var text = new StringBuilder("x,y\n");
        for (int i = 0; i < 90; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i * 7 % 30) + (i % 3 == 2 ? 20.5 : 0.5)},{"abc"[i % 3]}\n");
        }

        Assert.True(Table(text.ToString()).Columns.Single().Differences.Single() > 1.5);
    }

    [Fact]
    public void Hide_CountsWithoutSmallOnes_ShowsAll()
    {
        BaselineCellState[,] states = SmallCells.Hide(new[,] { { 20, 10, 10 }, { 30, 30, 0 } }, [[1, 2]], sumsAreKnown: true);
        Assert.All(states.Cast<BaselineCellState>(), state => Assert.Equal(BaselineCellState.Shown, state));
    }

    /// <summary>Tries all tables of small counts: no hidden count from 1 to 4 may follow from the shown ones by a single subtraction.</summary>
    [Fact]
    public void Hide_AnyTable_LeavesNoSingleUnknown()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            var counts = new int[3, 3];
            for (int level = 0; level < 3; level++)
            {
                counts[level, 1] = (seed * 31 + level * 17 + seed / 7) % 13;
                counts[level, 2] = (seed * 47 + level * 29 + seed / 11) % 11;
                counts[level, 0] = counts[level, 1] + counts[level, 2];
            }

            BaselineCellState[,] states = SmallCells.Hide(counts, [[1, 2]], sumsAreKnown: true);
            bool IsShown(int level, int place) => states[level, place] == BaselineCellState.Shown;
            for (int level = 0; level < 3; level++)
            {
                int[] unknown = [.. Enumerable.Range(0, 3).Where(place => !IsShown(level, place))];
                Assert.False(unknown.Length == 1 && counts[level, unknown[0]] is > 0 and < 5, $"seed {seed}, level {level}");
            }

            for (int place = 0; place < 3; place++)
            {
                int[] unknown = [.. Enumerable.Range(0, 3).Where(level => !IsShown(level, place))];
                Assert.False(unknown.Length == 1 && counts[unknown[0], place] is > 0 and < 5 && Enumerable.Range(0, 3).Count(level => counts[level, place] > 0) > 1, $"seed {seed}, place {place}");
            }
        }
    }

    private static BaselineTable Golden()
    {
        var text = new StringBuilder("age,skew,level,two,y\n");
        for (int i = 0; i < 60; i++)
        {
            int y = i % 3 == 0 ? 1 : 0;
            int cube = i * 13 % 17;
            char level = "abcd"[((i * 5) + (i / 7)) % 4];
            text.Append(CultureInfo.InvariantCulture, $"{40 + (i * 7 % 31) + (5 * y)},{cube * cube * cube / 10.0},{level},{(level == 'a' ? 'a' : 'b')},{y}\n");
        }

        return Table(text.ToString());
    }

    private static BaselineTable Table(string text)
    {
        Dataset dataset = TableFile.Dataset(text, new DatasetOptions { Target = "y" });
        return BaselineTable.Measure(dataset, [new BaselineSplit("outcome", dataset.ClassNames, dataset.Target)]);
    }
}
