using System.Globalization;
using MedTune.Data;
using MedTune.Tensors;

namespace MedTune.Tests.Data;

/// <summary>Made-up tables of patients with dates, and with levels on which the outcome never differs.</summary>
public sealed class DateChecksTests
{
    private static readonly DateOnly Today = new(2024, 6, 30);

    private static Dataset Load(string header, Func<int, bool, string> cells) => TableFile.Dataset(
        $"age,{header},ill\n" + string.Concat(Enumerable.Range(0, 120).Select(i =>
        {
            var random = new Philox(3, RandomPurpose.Bootstrap, (ulong)i);
            bool isIll = random.UniformDouble(0) < 0.4;
            return string.Create(CultureInfo.InvariantCulture, $"{30 + random.Below(50, 1)},{cells(i, isIll)},{(isIll ? 1 : 0)}\n");
        })),
        new DatasetOptions { Target = "ill", Today = Today });

    private static string Day(int i) => new DateOnly(2023, 1, 1).AddDays(i * 3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Finding Single(Dataset dataset, string code)
    {
        Finding finding = Assert.Single(dataset.Findings, finding => finding.Code == code);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        return finding;
    }

    private static void Quiet(Dataset dataset) => Assert.DoesNotContain(
        dataset.Findings, finding => finding.Code is FindingCodes.MixedDates or FindingCodes.FutureDates or FindingCodes.DatesAfterOutcome or FindingCodes.OneSidedLevels);

    [Fact]
    public void From_PlainDates_SaysNothing() => Quiet(Load("seen,born", (i, _) => $"{Day(i)},{1930 + (i % 60)}-02-11"));

    [Fact]
    public void From_DatesInTheFuture_AreCounted() =>
        Assert.Equal(2, Single(Load("seen", (i, _) => i is 7 or 9 ? "2031-01-01" : Day(i)), FindingCodes.FutureDates).Count);

    [Fact]
    public void From_DayAndMonthFirst_AreMixed()
    {
        Finding finding = Single(Load("seen", (i, _) => i % 2 == 0 ? $"25/0{1 + (i % 9)}/2023" : $"0{1 + (i % 9)}/25/2023"), FindingCodes.MixedDates);
        Assert.Contains("60 dates with the day first, 60 with the month first", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_DatesAmongTexts_AreMixed() =>
        Assert.Contains("texts that are none", Single(Load("seen", (i, _) => i % 4 == 0 ? "week " + i : Day(i)), FindingCodes.MixedDates).Message, StringComparison.Ordinal);

    [Fact]
    public void From_OneOrderOnly_IsNotMixed() => Quiet(Load("seen", (i, _) => $"{1 + (i % 28)}/{1 + (i % 12)}/2023"));

    [Fact]
    public void From_SampleAfterDeath_IsFound()
    {
        Finding finding = Single(
            Load("sampled,date of death", (i, isIll) => $"{Day(i)},{(isIll ? Day(i % 10 == 0 ? i - 5 : i + 30) : "")}"), FindingCodes.DatesAfterOutcome);
        Assert.Equal("sampled", finding.Column);
        Assert.Contains("'date of death'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_LevelWithoutTheOutcome_IsFound()
    {
        Finding finding = Single(Load("ward", (i, isIll) => !isIll && i % 3 == 0 ? "north" : i % 2 == 0 ? "south" : "east"), FindingCodes.OneSidedLevels);
        Assert.Equal(1, finding.Count);
        Assert.Equal("ward", finding.Column);
    }

    [Fact]
    public void From_SmallLevelWithoutTheOutcome_SaysNothing() =>
        Quiet(Load("ward", (i, isIll) => !isIll && i % 25 == 0 ? "north" : i % 2 == 0 ? "south" : "east"));
}
