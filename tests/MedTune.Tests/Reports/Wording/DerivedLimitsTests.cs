using MedTune.Reports;
using MedTune.Reports.Wording;

namespace MedTune.Tests.Reports.Wording;

public sealed class DerivedLimitsTests
{
    [Fact]
    public void With_SmallSealedPart_NamesTheLimitsOfIt()
    {
        string[] titles = Titles(SampleReports.Heart());
        Assert.Equal("One referral center", titles[0]);
        Assert.Contains("Not validated elsewhere", titles);
        Assert.Contains("Small sample", titles);
        Assert.Contains("Not a medical device", titles);
        Assert.DoesNotContain("No sealed part", titles);
        Assert.DoesNotContain("The sealed part was opened more than once", titles);
    }

    [Fact]
    public void With_ExternalData_DoesNotClaimTheOpposite() => Assert.DoesNotContain("Not validated elsewhere", Titles(SampleReports.Rare()));

    [Fact]
    public void With_OnlyOutOfFold_SaysThatNothingIsSealed()
    {
        ReportContent heart = SampleReports.Heart();
        Assert.Contains("No sealed part", Titles(heart with { Parts = [.. heart.Parts.Where(part => part.Kind == PartKind.OutOfFold)] }));
    }

    [Fact]
    public void With_RepeatedOpenings_CountsThem()
    {
        ReportContent heart = SampleReports.Heart();
        Assert.Contains("The sealed part was opened more than once", Titles(heart with { Method = heart.Method! with { SealedOpenings = 3 } }));
    }

    [Fact]
    public void With_GivenTitle_IsNotRepeated()
    {
        var own = new LimitRow("Small sample", "As we know.");
        IReadOnlyList<LimitRow> limits = DerivedLimits.With(SampleReports.Heart() with { Limits = [own] });
        Assert.Same(own, limits.Single(limit => limit.Title == "Small sample"));
    }

    private static string[] Titles(ReportContent content) => [.. DerivedLimits.With(content).Select(limit => limit.Title)];
}
