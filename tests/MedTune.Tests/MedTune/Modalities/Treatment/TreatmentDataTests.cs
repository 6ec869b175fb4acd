using System.Globalization;
using MedTune.Data;
using MedTune.Modalities.Treatment;
using MedTune.Tests.House;

namespace MedTune.Tests.Modalities.Treatment;

/// <summary>Tables of treated patients: what is read, what is refused in one sentence, and what is asked about before any effect.</summary>
public sealed class TreatmentDataTests
{
    private static readonly TreatmentColumns Said = new("arm", "score");

    [Fact]
    public void From_Table_ReadsArmsWithTheControlFirst()
    {
        var data = Read(Rows(60, i => $"{i % 3},{i % 7},{20 + (i % 11)}"), Said with { Control = "2", LowerIsBetter = true });

        Assert.Equal(["2", "0", "1"], data.ArmNames.ToArray());
        Assert.Equal([1, 2, 0], data.Arms[..3]);
        Assert.Equal(-3, data.Outcomes[3]);
        Assert.Equal(60, data.Rows.Length);
        Assert.Equal(["age"], data.Dataset.Features.Select(feature => feature.Name));
        Assert.Null(data.Measure(data.Rows).Samples.KnownPropensities);
    }

    [Fact]
    public void From_RowsWithoutArmOrOutcome_AreNotLearnedFrom()
    {
        var data = Read(Rows(60, i => $"{(i == 5 ? "" : i % 2)},{(i == 8 ? "" : i % 7)},{20 + (i % 11)}"), Said with { Propensity = 0.5 });

        Assert.Equal(58, data.Rows.Length);
        Assert.DoesNotContain(5, data.Rows);
        Assert.DoesNotContain(8, data.Rows);
        Assert.All(data.Measure(data.Rows).Samples.KnownPropensities!, chance => Assert.Equal(0.5, chance));
    }

    public static TheoryData<string, string> Refused => new()
    {
        { string.Join('\n', Rows(40, i => $"1,{i % 7},{20 + (i % 11)}")), "one arm only" },
        { string.Join('\n', Rows(3, i => $"{i % 2},{i},{20 + i}")), "needs at least 10 in every arm" },
        { string.Join('\n', Rows(400, i => $"{i},{i % 7},{20 + (i % 11)}")), "400 different values" },
        { string.Join('\n', Rows(40, i => $"{i % 2},5,{20 + (i % 11)}")), "the same for every patient" },
        { string.Join('\n', Rows(40, i => $"{i % 2},good,{20 + (i % 11)}")), "no number" },
        { string.Join('\n', Rows(40, i => $",{i % 7},{20 + (i % 11)}")), "is empty" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void From_TableThatCannotTell_IsRefusedInOneSentence(string rows, string expected)
    {
        var error = Assert.Throws<DataException>(() => Read([.. rows.Split('\n')], Said));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_ControlOrPropensityThatIsNone_IsRefused()
    {
        string[] rows = Rows(60, i => $"{i % 3},{i % 7},{20 + (i % 11)}");

        Assert.Contains("no value '9'", Assert.Throws<DataException>(() => Read(rows, Said with { Control = "9" })).Message, StringComparison.Ordinal);
        Assert.Contains("below 0.5", Assert.Throws<DataException>(() => Read(rows, Said with { Propensity = 0.6 })).Message, StringComparison.Ordinal);
        Assert.Contains("two columns", Assert.Throws<DataException>(() => Read(rows, new TreatmentColumns("arm", "arm"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_CopiesDecidersAndLaterColumns_AreAskedAbout()
    {
        // "dose" is the arm in other words, "organ" decides it but for one patient, "response_day7" sounds like afterwards, "age" is innocent.
        string[] rows = Rows(200, i => $"{i % 2},{i % 7},{20 + ((i * 7) % 31)},{(i % 2) * 50},{(i == 4 ? 60 : (30 * (i % 2)) + (i % 13))},{i % 5}");
        var data = Read(rows, Said, "arm,score,age,dose,organ,response_day7");

        var findings = new TreatmentChecks(data, Said).Look();

        Assert.Equal(
            [(TreatmentFindings.Copy, "dose"), (TreatmentFindings.Decided, "organ"), (TreatmentFindings.After, "response_day7")],
            findings.Select(finding => (finding.Code, finding.Column!)));
        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Stop, finding.Severity));
        var accepted = new TreatmentChecks(data, Said with { Accepted = ["after-treatment:response_day7"] }).Look();
        Assert.Equal(FindingSeverity.Note, accepted[2].Severity);
    }

    [Fact]
    public void Look_InATrial_ColumnThatDiffersBetweenTheArms_IsAskedAbout()
    {
        string[] rows = Rows(400, i => $"{i % 2},{i % 7},{20 + ((i * 7) % 31)},{((i * 13) % 29) + (8 * (i % 2))}");
        var trial = Said with { Propensity = 0.5 };

        Assert.Equal("weight", Assert.Single(new TreatmentChecks(Read(rows, trial, "arm,score,age,weight"), trial).Look()).Column);
        Assert.Empty(new TreatmentChecks(Read(rows, Said, "arm,score,age,weight"), Said).Look());
    }

    [Fact]
    public void LookAt_PatientsWithoutOverlap_AreCounted_AndNobodyInside_IsRefused()
    {
        var data = Read(Rows(60, i => $"{i % 2},{i % 7},{20 + (i % 11)}"), Said);
        var checks = new TreatmentChecks(data, Said);

        Assert.Empty(checks.LookAt(new bool[60]));
        Assert.Equal(3, Assert.Single(checks.LookAt([.. Enumerable.Range(0, 60).Select(row => row < 3)])).Count);
        Assert.Contains("never overlap", Assert.Throws<DataException>(() => checks.LookAt([.. Enumerable.Repeat(true, 60)])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cd820", true)]
    [InlineData("cd496", true)]
    [InlineData("cd40", false)]
    [InlineData("offtrt", true)]
    [InlineData("response_day7", true)]
    [InlineData("days", true)]
    [InlineData("cens", true)]
    [InlineData("age", false)]
    [InlineData("preanti", false)]
    [InlineData("baseline_week_0", false)]
    [InlineData("DEAD1", true)]
    public void Find_NamesOfLaterColumns_AreRecognised(string name, bool isAfter) =>
        Assert.Equal(isAfter, AfterWords.Find(name, "cd420", "arms") is not null);

    private static string[] Rows(int count, Func<int, string> row) => [.. Enumerable.Range(0, count).Select(row)];

    private static TreatmentData Read(string[] rows, TreatmentColumns said, string header = "arm,score,age")
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("trial.csv", string.Create(CultureInfo.InvariantCulture, $"{header}\n{string.Join('\n', rows)}\n"));
        return TreatmentData.From(TableReader.Read(path), said, new DatasetOptions { ChecksLeaks = false });
    }
}
