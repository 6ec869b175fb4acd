using System.Collections.Immutable;
using System.Text;
using MedTune.Data;

namespace MedTune.Tests.Data;

public sealed class DatasetTests
{
    private const string Patients = """
        mrn,site,age,sex,cp,seen,y
        a_1,north,63.0,m,1,2024-01-01,0
        a_2,south,41,f,2,2024-01-02,1
        b_1,north,,f,3,2024-01-03,0
        b_2,north,63,m,1,2024-01-04,0
        ?,,50,,2,2024-01-05,1
        c_1,south,55,m,4,2024-01-06,

        """;

    [Fact]
    public void From_Table_MakesFeaturesInFileOrder()
    {
        Dataset dataset = TableFile.Dataset(Patients, new DatasetOptions { Target = "y", Patient = "mrn", Site = "site", Categorical = ["cp"] });
        Assert.Equal(["age", "sex", "cp"], dataset.Features.Select(feature => feature.Name));
        Assert.Equal([0, 1, 2, 3, 4], dataset.RowNumbers);
        Assert.Equal([63, 41, double.NaN, 63, 50], ((NumberColumn)dataset.Feature("age")).Values);
        var sex = (CategoryColumn)dataset.Feature("sex");
        Assert.Equal(("f", "m"), (sex.Levels[0], sex.Levels[1]));
        Assert.Equal([1, 0, 0, 1, -1], sex.Codes);
        var cp = (NumberColumn)dataset.Feature("cp");
        Assert.True(cp.IsCategory);
        Assert.Equal("1 2 3", string.Join(' ', cp.Levels));
        Assert.Equal([0, 1, 0, 0, -1], dataset.Sites!);
        Assert.Equal(
            [ColumnRole.Patient, ColumnRole.Site, ColumnRole.Feature, ColumnRole.Feature, ColumnRole.Feature, ColumnRole.LeftOut, ColumnRole.Target],
            dataset.Profiles.Select(profile => profile.Role));
    }

    [Theory]
    [InlineData("mrn", 5, "0 1 2 3 4")]
    [InlineData("mrn:^(.)_", 3, "0 0 1 1 2")]
    [InlineData("mrn:^._", 3, "0 0 1 1 2")]
    public void From_PatientColumn_GroupsRows(string patient, int count, string expected)
    {
        Dataset dataset = TableFile.Dataset(Patients, new DatasetOptions { Target = "y", Patient = patient });
        Assert.Equal(count, dataset.PatientCount);
        Assert.Equal(expected, string.Join(' ', dataset.Patients!));
        Assert.Equal(1, dataset.Findings.Single(finding => finding.Code == FindingCodes.PatientMissing).Count);
    }

    [Fact]
    public void From_PatientPattern_SplitsAfterTheLongestColumnName()
    {
        const string Text = "a,a:b,y,x\np1,q1,0,1\np1,q2,1,2\np2,q2,0,3\n";
        Assert.Equal([0, 1, 1], TableFile.Dataset(Text, new DatasetOptions { Target = "y", Patient = "a:b" }).Patients!);
        Assert.Equal([0, 1, 1], TableFile.Dataset(Text, new DatasetOptions { Target = "y", Patient = "a:b:q(.)" }).Patients!);
        Assert.Equal([0, 0, 1], TableFile.Dataset(Text, new DatasetOptions { Target = "y", Patient = "a:p(.)" }).Patients!);
        Assert.Contains("matches no row", Refusal(Text, new DatasetOptions { Target = "y", Patient = "a:z(.)" }), StringComparison.Ordinal);
        Assert.Contains("There is no column 'c'", Refusal(Text, new DatasetOptions { Target = "y", Patient = "c:z(.)" }), StringComparison.Ordinal);
    }

    [Fact]
    public void From_UnsuitableColumns_AreLeftOutWithAReason()
    {
        string text = "row,same,empty,day,note,x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            $"{i},7,,2024-01-{1 + (i % 28):D2},a long sentence about patient {i} that nobody else has,{i * 0.5},{i % 2}\n"));
        Dataset dataset = TableFile.Dataset(text, new DatasetOptions { Target = "y" });
        Assert.Equal("x", Assert.Single(dataset.Features).Name);
        Assert.Equal(
            ["row", "same", "empty", "day", "note"],
            dataset.Findings.Where(finding => finding.Code == FindingCodes.ColumnLeftOut).Select(finding => finding.Column!));
        Assert.DoesNotContain(dataset.Findings, finding => finding.Message.Contains("sentence", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("z", "y", "There is no column 'z'")]
    [InlineData("y", "y", "cannot be dropped too")]
    [InlineData("x", "y", "No column is left")]
    public void From_DroppedColumns_AreChecked(string drop, string target, string expected) =>
        Assert.Contains(expected, Refusal("x,y\n1.5,0\n2,1\n", new DatasetOptions { Target = target, Drop = [drop] }), StringComparison.Ordinal);

    [Fact]
    public void From_EqualRows_ShareAGroupAndAreKept()
    {
        const string Text = "id,x,c,y\np1,1.0,a,0\np2,1,a,0\np3,1,a,1\np4,2,a,1\np5,1.00,a,0\np6,,b,1\n";
        Dataset kept = TableFile.Dataset(Text, new DatasetOptions { Target = "y", Drop = ["id"] });
        Assert.Equal([0, 0, 1, 2, 0, 3], kept.DuplicateGroups);
        Assert.Equal(2, kept.Findings.Single(finding => finding.Code == FindingCodes.DuplicateRows).Count);
        Assert.Equal(4, kept.Findings.Single(finding => finding.Code == FindingCodes.ContradictoryRows).Count);
        Assert.Equal(kept.RowDigests[0], kept.RowDigests[4]);

        Dataset dropped = TableFile.Dataset(Text, new DatasetOptions { Target = "y", Drop = ["id"], Duplicates = DuplicateAction.Drop });
        Assert.Equal([0, 2, 3, 5], dropped.RowNumbers);
        Assert.Equal(2, Assert.Single(dropped.LeftOut).Count);
        Assert.Equal(4, dropped.Summarize().Rows);
    }

    [Fact]
    public void Groups_UnitePatientsAndEqualRows()
    {
        const string Text = "mrn,x,y\na,1,0\nb,1,0\nb,2,1\nc,3,1\nd,2,1\ne,9,0\n";
        Dataset dataset = TableFile.Dataset(Text, new DatasetOptions { Target = "y", Patient = "mrn" });
        Assert.Equal([0, 0, 0, 1, 0, 2], dataset.Groups);
    }

    [Fact]
    public void Digest_DependsOnContentNotOnWriting()
    {
        var options = new DatasetOptions { Target = "y" };
        const string Comma = "年龄,性别,y\n63.0,男,0\n41,女,1\n50.5,,1\n";
        using var plain = new TableFile(Comma);
        using var other = new TableFile("y;性别;年龄\r\n0;男;63\r\n1;女;41,0\r\n1; ?;50,5\r\n", CodePagesEncodingProvider.Instance.GetEncoding("GB18030"), isGzip: true);
        using var changed = new TableFile(Comma.Replace("50.5", "50.4", StringComparison.Ordinal));
        Dataset a = Dataset.FromCsv(plain.Path, "y");
        var b = Dataset.FromCsv(other.Path, "y");
        var c = Dataset.From(TableReader.Read(changed.Path), options);
        Assert.Equal(a.RowDigests.ToArray(), b.RowDigests.ToArray());
        Assert.Equal(a.Digest, b.Digest);
        Assert.NotEqual(a.Digest, c.Digest);
        Assert.Equal(a.RowDigests[0], c.RowDigests[0]);
        Assert.NotEqual(a.RowDigests[2], c.RowDigests[2]);
        Assert.Matches("^[0-9a-f]{64}$", a.Digest);
        Assert.NotEqual(a.Digest, Dataset.FromCsv(plain.Path, "y", options: new DatasetOptions { Positive = "0" }).Digest);
    }

    [Fact]
    public void From_ModelSchema_TakesColumnsAsTheModelDoes()
    {
        var schema = ImmutableSortedDictionary<string, FeatureSchema>.Empty
            .Add("ca", new FeatureSchema(ColumnKind.Number, true))
            .Add("code", new FeatureSchema(ColumnKind.Category, false))
            .Add("x", new FeatureSchema(ColumnKind.Number, true));
        const string Text = "x,extra,ca,code,y\n1,5,0,250,0\nhigh,6,0,401,1\n3,7,?,250,1\n";
        Dataset dataset = TableFile.Dataset(Text, new DatasetOptions { Target = "y", Schema = schema });
        Assert.Equal(["x", "ca", "code"], dataset.Features.Select(feature => feature.Name));
        Assert.Equal([1, double.NaN, 3], ((NumberColumn)dataset.Feature("x")).Values);
        Assert.Equal([0, 0, double.NaN], ((NumberColumn)dataset.Feature("ca")).Values);
        Assert.Equal("250 401", string.Join(' ', ((CategoryColumn)dataset.Feature("code")).Levels));
        DataException refusal = Assert.Throws<DataException>(() => TableFile.Dataset(Text, new DatasetOptions { Target = "y", Schema = schema.Add("thal", new FeatureSchema(ColumnKind.Number, true)) }));
        Assert.Contains("lacks 1 of the 4 columns that the model needs: 'thal'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_WithoutTarget_KeepsAllRows()
    {
        Dataset dataset = TableFile.Dataset("x,c\n1.5,a\n2,b\n,a\n", new DatasetOptions());
        Assert.Equal((3, 2, true), (dataset.RowCount, dataset.Features.Length, dataset.ClassNames.IsEmpty));
        Assert.All(dataset.Target, target => Assert.Equal(-1, target));
    }

    [Fact]
    public void From_NamedMarkers_AreCountedAndUnusedOnesReported()
    {
        Dataset dataset = TableFile.Dataset("x,c,y\n-9,a,0\n2,-9.0,1\n3,b,1\n4,c,0\n", new DatasetOptions { Target = "y", Missing = ["-9", "777"] });
        Finding named = dataset.Findings.Single(finding => finding.Code == FindingCodes.MissingMarker);
        Assert.Equal((2, true), (named.Count, named.Message.Contains("'x' 1, 'c' 1", StringComparison.Ordinal)));
        Assert.Contains("'777'", dataset.Findings.Single(finding => finding.Code == FindingCodes.UnusedMissingMarker).Message, StringComparison.Ordinal);
        Assert.True(dataset.Feature("x").IsMissing(0) && dataset.Feature("c").IsMissing(1));
    }

    [Fact]
    public void Summarize_Rows_AddUpToTheFile()
    {
        DatasetSummary summary = TableFile.Dataset(Patients, new DatasetOptions { Target = "y", Patient = "mrn:^(.)_", Site = "site" }).Summarize();
        Assert.Equal(6, summary.Rows + summary.LeftOut.Sum(rows => rows.Count));
        Assert.Equal((6, 7, 3, 2), (summary.FileRows, summary.FileColumns, summary.Patients, summary.Sites));
        Assert.Equal("0 3, 1 2", string.Join(", ", summary.Classes.Select(count => $"{count.Name} {count.Count}")));
        Assert.Equal(7, summary.Columns.Length);
    }

    [Fact]
    public void Measure_Numbers_OnGivenRowsOnly()
    {
        // 2 4 4 4 5 5 7 9 is the textbook sample with mean 5 and population standard deviation 2.
        Dataset dataset = TableFile.Dataset("x,y\n2,0\n4,1\n4,0\n4,1\n5,0\n5,1\n7,0\n9,1\n1000,0\n,1\n", new DatasetOptions { Target = "y" });
        var column = (NumberColumn)dataset.Feature("x");
        Assert.Equal(new NumberStatistics(5, 2, 4.5, 2, 9, 0, 8), NumberStatistics.Measure(column, [0, 1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal(new NumberStatistics(5, 2, 4.5, 2, 9, 1, 8), NumberStatistics.Measure(column, [9, 7, 6, 5, 4, 3, 2, 1, 0]));
        Assert.Equal(0, NumberStatistics.Measure(column, [9]).Count);
        Assert.True(double.IsNaN(NumberStatistics.Measure(column, [9]).Mean));
        Assert.Equal(0, NumberStatistics.Measure(column, [1, 2]).StandardDeviation);
    }

    [Fact]
    public void Measure_Levels_OnGivenRowsOnly()
    {
        Dataset dataset = TableFile.Dataset("c,k,y\nb,2,0\na,1.0,1\nb,1,0\n,?,1\nc,3,0\n", new DatasetOptions { Target = "y", Categorical = ["k"] });
        CategoryStatistics texts = CategoryStatistics.Measure((CategoryColumn)dataset.Feature("c"), [0, 1, 2, 3]);
        CategoryStatistics codes = CategoryStatistics.Measure((NumberColumn)dataset.Feature("k"), [0, 1, 2, 3]);
        Assert.Equal(("a 1, b 2", 1, 3), (string.Join(", ", texts.Levels.Select(level => $"{level.Level} {level.Count}")), texts.Missing, texts.Count));
        Assert.Equal("1 2, 2 1", string.Join(", ", codes.Levels.Select(level => $"{level.Number} {level.Count}")));
    }

    private static string Refusal(string text, DatasetOptions options) =>
        Assert.Throws<DataException>(() => TableFile.Dataset(text, options)).Message;
}
