using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Data;

/// <summary>Made-up tables with one fault each, and made-up tables without any.</summary>
public sealed class QualityTests(ITestOutputHelper output)
{
    private const int Rows = 240;

    // Columns a to h: numbers, categories and yes/no with a moderate relation to the outcome; then the column under test.
    private static string Csv(ulong seed, string? header = null, Func<int, int, Philox, string>? cell = null, int rows = Rows, bool isSorted = false, double strength = 1)
    {
        var text = new StringBuilder("a,b,c,d,e,f,g,h");
        text.Append(header is null ? "" : "," + header).Append(",illness\n");
        for (int i = 0; i < rows; i++)
        {
            var random = new Philox(seed, RandomPurpose.Bootstrap, (ulong)i);
            double a = random.Normal(0);
            double b = random.Normal(1);
            double logOdds = strength * ((0.8 * a) + (0.5 * b));
            int ill = isSorted ? (i < rows / 3 ? 1 : 0) : random.UniformDouble(2) < 1 / (1 + DoubleMath.Exp(-logOdds)) ? 1 : 0;
            string c = random.UniformDouble(3) < 0.1 ? "" : random.Below(6, 4).ToString(CultureInfo.InvariantCulture);
            string d = new[] { "low", "middle", "high", "none" }[random.Below(4, 5)];
            text.Append(CultureInfo.InvariantCulture, $"{a:0.###},{b:0.##},{c},{d},{random.Below(2, 6)},{DoubleMath.Exp(random.Normal(7)):0.####},{random.Below(90, 8)},{30 + (5 * random.Normal(9)):0.#}");
            text.Append(cell is null ? "" : "," + cell(i, ill, random)).Append(CultureInfo.InvariantCulture, $",{ill}\n");
        }

        return text.ToString();
    }

    private static Dataset Load(string csv, string[]? drop = null, string? patient = null) =>
        TableFile.Dataset(csv, new DatasetOptions { Target = "illness", Drop = [.. drop ?? []], Patient = patient });

    private static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    // A column under this name that is right in three of four rows.
    private static Dataset Named(string name, ulong seed = 1) =>
        Load(Csv(seed, name, (_, ill, random) => (random.UniformDouble(20) < 0.75 ? ill : 1 - ill).ToString(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("time")]
    [InlineData("Follow-up days")]
    [InlineData("followup_months")]
    [InlineData("d.time")]
    [InlineData("DeathWithin30Days")]
    [InlineData("length of stay")]
    [InlineData("LOS")]
    [InlineData("total charges")]
    [InlineData("discharge_disposition")]
    [InlineData("vital_status")]
    [InlineData("os_months")]
    [InlineData("住院天数")]
    [InlineData("随访时间")]
    [InlineData("是否死亡")]
    [InlineData("总费用")]
    [InlineData("转归")]
    public void From_NameOfWhatComesAfterwards_Stops(string name)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            Finding stop = Assert.Single(Named(name, seed).Findings, finding => finding.Severity == FindingSeverity.Stop);
            Assert.Equal((FindingCodes.LeakAfterTheFact, name), (stop.Code, stop.Column));
            Assert.Contains($"--drop '{name}'", stop.Action, StringComparison.Ordinal);
            Assert.Contains($"--accept 'leak-after-the-fact:{name}'", stop.Action, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("family history of death")]
    [InlineData("previous discharge")]
    [InlineData("nipple discharge")]
    [InlineData("prothrombin time")]
    [InlineData("PROTIME")]
    [InlineData("time since diagnosis")]
    [InlineData("biopsy site")]
    [InlineData("既往住院天数")]
    [InlineData("marker")]
    public void From_NameOfWhatIsKnownBefore_DoesNotStop(string name) =>
        Assert.DoesNotContain(Named(name).Findings, finding => finding.Severity == FindingSeverity.Stop);

    [Theory]
    [InlineData("Biopsy", "cytology")]
    [InlineData("Biopsy", "citology")]
    [InlineData("histology", "pap smear")]
    [InlineData("病理结果", "细胞学检查")]
    public void From_AnotherTestOfTheSameOutcome_Stops(string target, string name)
    {
        string csv = Csv(2, name, (_, ill, random) => (random.UniformDouble(20) < 0.75 ? ill : 1 - ill).ToString(CultureInfo.InvariantCulture))
            .Replace(",illness\n", $",{target}\n", StringComparison.Ordinal);
        Dataset dataset = TableFile.Dataset(csv, new DatasetOptions { Target = target });
        Assert.Equal(FindingCodes.LeakSameOutcome, Assert.Single(dataset.Findings, finding => finding.Severity == FindingSeverity.Stop).Code);
    }

    [Fact]
    public void From_TargetWrittenDifferently_StopsUntilDropped()
    {
        foreach (Func<int, int, Philox, string> cell in new Func<int, int, Philox, string>[]
        {
            (_, ill, _) => ill == 1 ? "B" : "A",
            (_, ill, random) => ill == 1 ? new[] { "II", "III", "IV" }[random.Below(3, 20)] : new[] { "0", "I" }[random.Below(2, 20)],
            (_, ill, random) => Plain((2 * ill) + random.UniformDouble(20)),
            (_, ill, random) => ill == 1 ? Plain(random.Normal(20)) : "",
        })
        {
            string csv = Csv(3, "x", cell);
            Finding stop = Assert.Single(Load(csv).Findings, finding => finding.Severity == FindingSeverity.Stop);
            Assert.Equal((FindingCodes.LeakTargetCopy, "x"), (stop.Code, stop.Column));
            Dataset dropped = Load(csv, drop: ["x"]);
            Assert.DoesNotContain(dropped.Findings, finding => finding.Severity == FindingSeverity.Stop);
            var certificate = LeakageCertificate.Of(dropped.Summarize(), []);
            Assert.False(certificate.IsOpen);
            Assert.Equal(LeakageAnswer.Dropped, certificate.Checks.Single(check => check.Code == FindingCodes.LeakTargetCopy).Entries.Single().Answer);
        }
    }

    [Fact]
    public void From_StrengthAlone_OnlyWarns()
    {
        Dataset dataset = Load(Csv(4, "x", (_, ill, random) => Plain((2.5 * ill) + random.Normal(20))));
        Finding finding = Assert.Single(dataset.Findings, finding => finding.Column == "x");
        Assert.Equal((FindingCodes.LeakStrongColumn, FindingSeverity.Warning), (finding.Code, finding.Severity));
    }

    [Theory]
    [InlineData("counter", true)]
    [InlineData("value", true)]
    [InlineData("counter", false)]
    public void From_ColumnThatCountsSortedRows_Stops(string kind, bool isSorted)
    {
        Dataset dataset = Load(Csv(5, "x", (row, _, random) => kind == "counter" ? $"{row + 1}" : Plain((3 * row) + random.UniformDouble(20)), isSorted: isSorted));
        Finding[] stops = [.. dataset.Findings.Where(finding => finding.Severity == FindingSeverity.Stop)];
        if (isSorted)
        {
            Assert.Equal((FindingCodes.LeakRowNumber, "x"), (Assert.Single(stops).Code, stops[0].Column));
        }
        else
        {
            Assert.Empty(stops);
        }
    }

    [Fact]
    public void From_SortedRowsWithoutColumn_Warns()
    {
        Finding finding = Assert.Single(Load(Csv(6, isSorted: true)).Findings, finding => finding.Code == FindingCodes.RowOrder);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
    }

    [Theory]
    [InlineData("sample", "{0}_{1}", "--patient 'sample:^(.*)_[0-9]+$'")]
    [InlineData("sample", "P{0:000}-{1}", "--patient 'sample:^(.*)-[0-9]+$'")]
    [InlineData("sample", "S{0:000}{2}", "--patient 'sample:^(.*[0-9])_?[a-z]$'")]
    [InlineData("patient_id", "P{0:000}", "--patient 'patient_id'")]
    [InlineData("病历号", "{0}", "--patient '病历号'")]
    public void From_PatientsWithSeveralRows_StopsAndProposesTheOption(string name, string form, string option)
    {
        // The rows of a patient share the outcome, as recordings of one person do.
        string csv = Csv(7, name, (row, _, _) => string.Format(CultureInfo.InvariantCulture, form, row / 4, row % 4, (char)('a' + (row % 4))), rows: 160);
        string[] lines = csv.Split('\n');
        for (int i = 1; i <= 160; i++)
        {
            lines[i] = lines[i][..^1] + (((i - 1) / 4 * 7 % 3) == 0 ? "1" : "0");
        }

        string text = string.Join('\n', lines);
        Finding stop = Assert.Single(Load(text).Findings, finding => finding.Severity == FindingSeverity.Stop);
        Assert.Equal((FindingCodes.LeakPatients, name), (stop.Code, stop.Column));
        Assert.Contains(option, stop.Action, StringComparison.Ordinal);
        Assert.Contains("40 patients", stop.Message, StringComparison.Ordinal);
        string given = option["--patient '".Length..^1];
        Assert.DoesNotContain(Load(text, patient: given).Findings, finding => finding.Severity == FindingSeverity.Stop);
        Assert.DoesNotContain(Load(text, drop: [name]).Findings, finding => finding.Severity == FindingSeverity.Stop);
    }

    [Fact]
    public void From_SerialNumbersOfHospitals_DoNotStop()
    {
        Dataset dataset = Load(Csv(8, "sample", (row, _, _) => $"H{row / 20}_{row % 20}"));
        Assert.DoesNotContain(dataset.Findings, finding => finding.Severity == FindingSeverity.Stop);
    }

    [Fact]
    public void From_CleanRandomTables_StopNowhere()
    {
        int warned = 0;
        for (ulong seed = 1; seed <= 200; seed++)
        {
            Dataset dataset = Load(Csv(1000 + seed, "code", (row, _, random) => seed % 2 == 0 ? $"N{row:0000}" : $"{random.Below(1000, 30)}",
                rows: 40 + (int)(seed % 10 * 30), strength: seed % 4));
            Assert.DoesNotContain(dataset.Findings, finding => finding.Severity == FindingSeverity.Stop);
            warned += dataset.Leaks.Length;
        }

        output.WriteLine($"{warned} warnings in 200 clean tables.");
        Assert.InRange(warned, 0, 10);
    }

    [Theory]
    [InlineData("chol", FindingCodes.ImpossibleZeros)]
    [InlineData("trestbps", FindingCodes.ImpossibleZeros)]
    [InlineData("收缩压", FindingCodes.ImpossibleZeros)]
    [InlineData("age", FindingCodes.ImpossibleValues)]
    [InlineData("SpO2", FindingCodes.ImpossibleValues)]
    [InlineData("glucose", FindingCodes.UnitSuspicion)]
    [InlineData("positive nodes count", FindingCodes.ImpossibleValues)]
    public void From_ValuesThatCannotBe_Warns(string name, string code)
    {
        Dataset dataset = Load(Csv(9, name, (row, _, random) => (code, row % 12) switch
        {
            (FindingCodes.ImpossibleZeros, 0) => "0",
            (FindingCodes.ImpossibleValues, 0) when row % 48 == 0 => name.StartsWith('p') ? "-3" : "65526",
            (FindingCodes.UnitSuspicion, < 4) => Plain((110 + (12 * random.Normal(20))) / 18.016),
            _ when name.StartsWith('p') => random.Below(30, 20).ToString(CultureInfo.InvariantCulture),
            _ when code == FindingCodes.ImpossibleValues => Plain(60 + (10 * random.UniformDouble(20))),
            _ => Plain(110 + (12 * random.Normal(20))),
        }));
        Finding finding = Assert.Single(dataset.Findings, finding => finding.Column == name && finding.Code == code);
        output.WriteLine($"{finding.Message} {finding.Action}");
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
    }

    [Fact]
    public void From_NearDuplicatesRareLevelsAndSites_AreFound()
    {
        string csv = Csv(10, "p,q,r,hospital", (row, _, random) => $"{Plain(random.Normal(20))},{Plain(random.Normal(21))},{Plain(random.Normal(22))},{(row == 3 ? "Z" : row % 2 == 0 ? "X" : "Y")}");
        string[] lines = csv.TrimEnd('\n').Split('\n');
        string[] cells = lines[5].Split(',');
        cells[6] = "77";
        Dataset dataset = Load(string.Join('\n', [.. lines, string.Join(',', cells), ""]));
        Assert.Equal(1, Assert.Single(dataset.Findings, finding => finding.Code == FindingCodes.NearDuplicates).Count);
        Assert.Single(dataset.Findings, finding => finding.Code == FindingCodes.RareCategories && finding.Column == "hospital");
        Assert.Single(dataset.Findings, finding => finding.Code == FindingCodes.SiteColumn && finding.Column == "hospital");
    }

    [Fact]
    public void Certificate_AcceptedByCodeAndColumn_IsNotOpen()
    {
        DatasetSummary data = Named("time").Summarize();
        LeakageCertificate open = LeakageCertificate.Of(data, []);
        Assert.True(open.IsOpen);
        Assert.Contains("1 to be answered", open.Statement, StringComparison.Ordinal);
        Assert.False(LeakageCertificate.Of(data, ["leak-after-the-fact:time"]).IsOpen);
        Assert.False(LeakageCertificate.Of(data, ["leak-after-the-fact"]).IsOpen);
        Assert.False(LeakageCertificate.Of(data, ["all"]).IsOpen);
        Assert.True(LeakageCertificate.Of(data, ["leak-after-the-fact:a"]).IsOpen);
        Assert.True(LeakageCertificate.Of(data, ["leak-same-outcome"]).IsOpen);
    }

    [Fact]
    public void From_LargeTable_ChecksTakeAboutASecond()
    {
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, 50).Select(column => $"c{column}"))).Append(",illness\n");
        for (int row = 0; row < 100_000; row++)
        {
            var random = new Philox(11, RandomPurpose.Bootstrap, (ulong)row);
            for (ulong column = 0; column < 50; column++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{random.Below(column % 2 == 0 ? 5000 : 20, column)},");
            }

            text.Append(random.Below(2, 60)).Append('\n');
        }

        Table table = TableFile.Read(text.ToString());
        var options = new DatasetOptions { Target = "illness" };
        Dataset.From(table, options with { Target = null });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Dataset.From(table, options with { Target = null });
        double without = watch.Elapsed.TotalSeconds;
        watch.Restart();
        Dataset dataset = Dataset.From(table, options);
        output.WriteLine($"without checks {without:0.00} s, with checks {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.DoesNotContain(dataset.Findings, finding => finding.Severity == FindingSeverity.Stop);
    }
}
