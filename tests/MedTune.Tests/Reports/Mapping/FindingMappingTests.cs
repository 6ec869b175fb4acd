using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports;
using MedTune.Reports.Mapping;
using MedTune.Reports.Wording;

namespace MedTune.Tests.Reports.Mapping;

public sealed class FindingMappingTests
{
    [Fact]
    public void Of_ManyColumnsWithOneFinding_BecomeOneRow()
    {
        var findings = Enumerable.Range(0, 2000).Select(place => new Finding(
            FindingCodes.NotANumber, FindingSeverity.Warning, $"gene {place}", 2, $"2 cells of 'gene {place}' are no numbers.", "Taken as missing."));
        FindingRow row = Assert.Single(FindingMapping.Of(findings, Nothing(), [], ReportWords.English));
        Assert.Equal(("Taken as missing.", 2000), (row.Action, row.Count));
        Assert.StartsWith("2,000 columns hold a few cells that are no numbers: gene 0, gene 1,", row.Message, StringComparison.Ordinal);
        Assert.EndsWith("and 1,992 more.", row.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FewFindings_KeepTheirOwnWords()
    {
        Finding[] findings =
        [
            new(FindingCodes.Unit, FindingSeverity.Note, "height", 9, "'height' has the unit cm.", "Removed it."),
            new(FindingCodes.DuplicateRows, FindingSeverity.Stop, null, 4, "4 rows are equal.", "Kept."),
        ];
        var rows = FindingMapping.Of(findings, Nothing(), ["all"], ReportWords.English);
        Assert.Equal(["'height' has the unit cm.", "4 rows are equal."], rows.Select(row => row.Message));
        Assert.Null(rows[0].Column);
        Assert.Equal("Kept. Accepted by whoever made the run.", rows[1].Action);
    }

    [Fact]
    public void Of_ManyColumnsThatStop_KeepALineEach()
    {
        var findings = Enumerable.Range(0, 5).Select(place => new Finding(
            FindingCodes.LeakAfterTheFact, FindingSeverity.Stop, $"gene {place}", 2, $"'gene {place}' is known only afterwards.", "Say --drop."));
        Assert.Equal(5, FindingMapping.Of(findings, Nothing(), [], ReportWords.English).Count);
    }

    [Theory]
    [InlineData(4.4, 1, 36, 5)]
    [InlineData(13, 21, 80, 10)]
    [InlineData(297, 0, 1490.5, 200)]
    [InlineData(0.44, 1, 3, 1)]
    [InlineData(0.014, 0.05, 0.16, 0.01)]
    [InlineData(1, 0.5, 4, 1)]
    [InlineData(9.9, 0.5, 40, 10)]
    public void Step_Spread_IsARoundNumberNearIt(double scale, double minimum, double maximum, double expected) =>
        Assert.Equal(expected, EffectMapping.Step(scale, new ManifestColumn { Name = "x", Kind = "number", Minimum = minimum, Maximum = maximum }));

    private static Manifest Nothing() => new()
    {
        Version = "0.1.0",
        NumericsProfile = 1,
        Task = "binary",
        ModelKind = "logistic regression",
        Target = "x",
        Classes = ["no", "yes"],
        Columns = [],
        MissingMarkers = [],
        TrainingSamples = 1,
        TrainingClassCounts = [1, 0],
        DataDigest = "",
        Seed = 0,
        Head = new ManifestHead { Margin = "m", CalibratedMargin = "m", Features = [], Parameters = [], Intercept = "i" },
    };
}
