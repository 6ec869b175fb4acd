using System.Xml.Linq;
using MedTune.Reports;
using MedTune.Reports.Charts;

namespace MedTune.Tests.Reports.Charts;

public sealed class ChartComponentTests
{
    // The plot of a standard chart runs from 58 to 442; a ROC plot from 10 (top) to 398.
    [Fact]
    public void RocCurveChart_KnownPoints_AreDrawnWhereTheyBelong()
    {
        XElement root = ComponentDrawing.Of<RocCurveChart>(
            ("Title", "t"),
            ("Series", new CurveSeries[] { new("one", [new(0, 0), new(0.25, 0.5), new(1, 1)]) }),
            ("Marker", new CurvePoint(0.25, 0.5)),
            ("MarkerLabel", "threshold 0.3"));
        Assert.Equal("M58 398L154 204L442 10", (string?)root.With("path", "series-1").Single().Attribute("d"));
        XElement marker = root.With("circle", "marker").Single();
        Assert.Equal(("154", "204"), ((string?)marker.Attribute("cx"), (string?)marker.Attribute("cy")));
        XElement drawing = root.Descendants("svg").First();
        Assert.Equal("img", (string?)drawing.Attribute("role"));
        Assert.Contains("threshold 0.3: 50% of those with and 25% of those without", (string?)drawing.Attribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal((string?)drawing.Attribute("aria-label"), drawing.Element("title")?.Value);
    }

    [Fact]
    public void RocCurveChart_NoPoints_IsNotDrawn() =>
        Assert.Empty(ComponentDrawing.Of<RocCurveChart>(("Title", "t"), ("Series", new CurveSeries[] { new("one", []) })).Elements());

    [Fact]
    public void CalibrationChart_Groups_HaveTheirIntervals()
    {
        var content = new CalibrationContent { Groups = [new(0.25, 0.5, 0.25, 0.75, 20), new(1, 1, double.NaN, double.NaN, 3)] };
        XElement root = ComponentDrawing.Of<CalibrationChart>(("Title", "t"), ("Content", content));
        XElement whisker = root.With("line", "whisker").Single();
        Assert.Equal(("154", "301", "107"), ((string?)whisker.Attribute("x1"), (string?)whisker.Attribute("y1"), (string?)whisker.Attribute("y2")));
        XElement[] discs = [.. root.With("g", "series-1").Single().Descendants("circle")];
        Assert.Equal(2, discs.Length);
        Assert.Equal(("154", "204"), ((string?)discs[0].Attribute("cx"), (string?)discs[0].Attribute("cy")));
        Assert.Equal(("442", "10"), ((string?)discs[1].Attribute("cx"), (string?)discs[1].Attribute("cy")));
    }

    [Fact]
    public void CalibrationChart_SmallRisks_AreMagnified()
    {
        var content = new CalibrationContent { Groups = [new(0.01, 0.012, 0, 0.02, 500), new(0.05, 0.04, 0.02, 0.3, 500)] };
        XElement root = ComponentDrawing.Of<CalibrationChart>(("Title", "t"), ("Content", content));
        Assert.Contains(root.With("text", "tick"), tick => tick.Value == "5%");
        Assert.DoesNotContain(root.With("text", "tick"), tick => tick.Value == "100%");
    }

    [Fact]
    public void RiskDistributionChart_Bins_AreSharesOfTheirGroup()
    {
        RiskBin[] bins = [new(0, 0.5, 30, 5), new(0.5, 1, 10, 15)];
        XElement root = ComponentDrawing.Of<RiskDistributionChart>(("Title", "t"), ("Bins", bins), ("Threshold", (double?)0.5));

        // Without: 75% and 25%, with: 25% and 75%; the axis runs from -100% to 100% over 330 units, so 75% are 123.75.
        Assert.Equal(["41.25", "123.75"], root.With("rect", "outcome-with").Where(each => each.Attribute("transform") is null && each.Attribute("height")?.Value != "10").Select(each => (string?)each.Attribute("height")));
        Assert.Equal("250", (string?)root.With("g", "threshold").Single().Element("line")?.Attribute("x1"));
    }

    [Fact]
    public void OutcomesPerHundredChart_Counts_DrawAHundredMarks()
    {
        XElement root = ComponentDrawing.Of<OutcomesPerHundredChart>(
            ("Title", "t"), ("Confusion", ConfusionCounts.OfTwo("no", "yes", 27, 7, 5, 22)));
        XElement drawing = root.Descendants("svg").First();
        Assert.Equal(100, drawing.Descendants("circle").Count());
        Assert.Equal(36, drawing.With("circle", "disc").Count(each => ((string?)each.Attribute("class"))!.Contains("outcome-with ", StringComparison.Ordinal)));
    }

    [Fact]
    public void CoefficientChart_ManyEffects_AreSortedAndFolded()
    {
        EffectRow[] rows = [.. Enumerable.Range(1, 60).Select(index => new EffectRow($"c{index}", index % 2 == 0 ? index : -index)), new("nothing", double.NaN)];
        XElement root = ComponentDrawing.Of<CoefficientChart>(("Group", new EffectGroup(EffectScale.LogOdds, rows)));
        string[] names = [.. root.With("th", "name").Select(each => each.Value)];
        Assert.Equal(60, names.Length);
        Assert.Equal(["c60", "c59", "c58"], names.Take(3));
        Assert.Contains("40 smaller effects", root.Descendants("summary").Single().Value, StringComparison.Ordinal);
        Assert.Equal("c60, c59 and c58 move the risk most", root.Descendants("h3").Single().Value);
    }

    [Fact]
    public void CoefficientChart_OddsRatios_LieOnADoublingScale()
    {
        EffectRow[] rows = [new("twice", 2, 1, 4), new("half", 0.5, 0.25, 1), new("impossible", -1)];
        XElement root = ComponentDrawing.Of<CoefficientChart>(("Group", new EffectGroup(EffectScale.OddsRatio, rows)));
        Assert.Equal(2, root.With("th", "name").Count());
        XElement[] whiskers = [.. root.With("line", "whisker")];

        // From 1/4 to 4 on a logarithmic axis: 1 in the middle, "half" first in ordinal order.
        Assert.Equal(("0%", "50%"), ((string?)whiskers[0].Attribute("x1"), (string?)whiskers[0].Attribute("x2")));
        Assert.Equal(("50%", "100%"), ((string?)whiskers[1].Attribute("x1"), (string?)whiskers[1].Attribute("x2")));
        Assert.Equal(["0.25", "0.5", "1", "2", "4"], root.With("text", "tick").Select(each => each.Value));
    }

    [Fact]
    public void CandidateComparison_NoChoice_SaysSo()
    {
        XElement root = ComponentDrawing.Of<CandidateComparison>(("Rows", new CandidateRow[] { new() { Name = "a" }, new() { Name = "b", LogLoss = 0.4 } }));
        Assert.Equal("None of them was chosen", root.Descendants("h3").Single().Value);
        Assert.DoesNotContain("AUROC", root.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingnessBars_NothingMissing_IsNotDrawn() =>
        Assert.Empty(ComponentDrawing.Of<MissingnessBars>(("Columns", new ColumnRow[] { new("a", "number") { MissingShare = 0 }, new("b", "number") })).Elements());

    [Fact]
    public void FlowDiagram_Losses_AddUpInTheTitle()
    {
        FlowStep[] steps = [new("read", 10) { LeftOut = [new(2, "no outcome"), new(1, "empty")] }, new("used", 7)];
        XElement root = ComponentDrawing.Of<FlowDiagram>(("Steps", steps), ("Ends", new FlowEnd[] { new("training", 7, 3) }));
        Assert.Equal("3 of the 10 rows read were left out", root.Descendants("h3").Single().Value);
        Assert.Contains("7 rows, 3 with the outcome", root.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void DecisionCurveChart_GainWithAGap_NamesTheLongestRunOnly()
    {
        double[] benefits = [0.1, 0.4, 0.4, 0.4, -0.1, 0.2, -0.2];
        var curve = new DecisionCurveContent
        {
            Model = [.. benefits.Select((benefit, i) => new BandPoint((i + 1) / 10.0, benefit))],
            TreatAll = [.. benefits.Select((_, i) => new CurvePoint((i + 1) / 10.0, 0.3 - (0.1 * i)))],
        };
        XElement root = ComponentDrawing.Of<DecisionCurveChart>(("Curve", curve));
        Assert.Equal("Acting on the model is worth most from a threshold of 20% to 40%", root.Descendants("h3").Single().Value);
        root = ComponentDrawing.Of<DecisionCurveChart>(("Curve", curve with { Model = [.. curve.Model.Select(point => point with { Y = -1 })] }));
        Assert.Contains("nowhere", root.Descendants("h3").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ContributionStrip_Dots_StandOnTheirValuesWithTheColorOfTheirRank()
    {
        XElement root = ComponentDrawing.Of<ContributionStrip>(
            ("Scale", new LinearScale(-1, 1, 0, 100)), ("Points", new CurvePoint[] { new(-1, 0), new(0.5, 1), new(0.5, double.NaN) }), ("Description", "d"));
        XElement[] dots = [.. root.Descendants("circle")];
        Assert.Equal(["0%", "75%", "75%"], dots.Select(dot => (string?)dot.Attribute("cx")));
        Assert.Equal(["50%", "50%", "60%"], dots.Select(dot => (string?)dot.Attribute("cy")));
        Assert.Equal(["--rank:0", "--rank:1", null], dots.Select(dot => (string?)dot.Attribute("style")));
        Assert.Contains("unranked", (string?)dots[2].Attribute("class"), StringComparison.Ordinal);
    }
}
