using System.Xml.Linq;
using MedTune.Reports;
using MedTune.Reports.Charts;

namespace MedTune.Tests.Reports;

public sealed class ForestChartTests
{
    private static readonly SiteContent Sites = EvidenceSamples.Sites("Cleveland");

    [Fact]
    public void Draw_ThreeSitesWithSummary_HasAPointEachADiamondAndAPrediction()
    {
        XElement drawing = Draw("auroc");
        Assert.Equal(3, drawing.Descendants("circle").Count());
        Assert.Single(drawing.With("path", "disc"));
        Assert.Single(drawing.With("line", "reach"));
        string text = drawing.Value;
        foreach (string said in new[] { "AUROC from 0.71 to 0.90; too few sites to foretell a further one", "Mean over 3 sites", "0.63 (logit scale)", "Hungarian" })
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }

        Assert.Contains(drawing.Descendants("svg"), svg => (string?)svg.Attribute("aria-label") == "A further site: AUROC expected from 0.02 to 0.99");
    }

    [Fact]
    public void Draw_SummarysDiamond_PointsAtTheMeanBetweenItsEnds()
    {
        XElement diamond = Draw("auroc").With("path", "disc").Single();

        // From 0.5 to 0.97 the mean 0.84 lies at 72.34 percent.
        Assert.Equal("M0 50L72.34 0L100 50L72.34 100Z", (string?)diamond.Attribute("d"));
    }

    [Fact]
    public void Draw_FiveSites_TitlesWhatAFurtherOneMaySee()
    {
        SiteSummary summary = Sites.Summaries[0] with { Sites = 5 };
        XElement drawing = ComponentDrawing.Of<ForestChart>(("Metric", "auroc"), ("Sites", Sites.Rows), ("Summary", summary));
        Assert.Contains("a further site may see 0.02 to 0.99", drawing.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_NoSummary_TitlesTheRange()
    {
        XElement drawing = Draw("calibration_slope");
        Assert.Equal(2, drawing.Descendants("circle").Count());
        Assert.Empty(drawing.With("line", "reach"));
        Assert.Contains("Calibration slope from 1.00 to 1.54", drawing.Value, StringComparison.Ordinal);
    }

    private static XElement Draw(string metric) => ComponentDrawing.Of<ForestChart>(
        ("Metric", metric), ("Sites", Sites.Rows), ("Summary", Sites.Summaries.FirstOrDefault(summary => summary.Mean.Name == metric)));
}
