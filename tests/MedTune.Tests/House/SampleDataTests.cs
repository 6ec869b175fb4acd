namespace MedTune.Tests.House;

/// <summary>The tables of samples/data are the published cohorts less what their README counts.</summary>
public sealed class SampleDataTests
{
    [Theory]
    [InlineData("rotterdam.csv", 2944, 9, "yes", 922)]   // 2982 patients, 38 left out
    [InlineData("gbsg.csv", 555, 9, "yes", 224)]         // 686 patients, 131 left out
    [InlineData("breast_cancer_wisconsin.csv", 569, 31, "malignant", 212)]
    public void Table_RowsAndPositives_AreThoseOfTheSource(string file, int rows, int columns, string positive, int positives)
    {
        string[][] cells = Read(file);
        Assert.Equal(rows, cells.Length - 1);
        Assert.All(cells, row => Assert.Equal(columns, row.Length));
        Assert.All(cells, row => Assert.DoesNotContain("", row));
        Assert.Equal(positives, cells.Skip(1).Count(row => row[^1] == positive));
    }

    [Fact]
    public void RotterdamAndGbsg_HaveTheSameColumnsAndSizeClasses()
    {
        string[][] rotterdam = Read("rotterdam.csv");
        string[][] gbsg = Read("gbsg.csv");
        Assert.Equal(["age", "meno", "size", "grade", "nodes", "pgr", "er", "hormon", "recurrence or death within 3 years"], rotterdam[0]);
        Assert.Equal(rotterdam[0], gbsg[0]);
        Assert.Equal(["20-50", "<=20", ">50"], rotterdam.Skip(1).Select(row => row[2]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["20-50", "<=20", ">50"], gbsg.Skip(1).Select(row => row[2]).Distinct().Order(StringComparer.Ordinal));
    }

    // The samples hold no quoted field, so splitting at commas reads them.
    private static string[][] Read(string file) =>
        [.. File.ReadLines(Repository.PathOf($"samples/data/{file}")).Select(line => line.Split(','))];
}
