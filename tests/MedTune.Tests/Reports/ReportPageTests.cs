using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using MedTune.Reports;

namespace MedTune.Tests.Reports;

public sealed partial class ReportPageTests
{
    public static TheoryData<string> Samples => ["heart", "finetuned", "rare", "thyroid", "hostile", "extreme", "bare"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Render_Sample_IsWellFormedAndSelfContained(string name)
    {
        string page = ReportPage.Render(Content(name));
        XDocument document = Parsed(page);
        string[] elements = [.. document.Descendants().Select(element => element.Name.LocalName).Distinct()];
        Assert.Empty(elements.Intersect(["script", "link", "img", "iframe", "object", "embed", "a", "base", "form", "foreignObject", "use", "image"]));
        string[] attributes = [.. document.Descendants().Attributes().Select(attribute => attribute.Name.LocalName).Distinct()];
        Assert.DoesNotContain(attributes, attribute => attribute.StartsWith("on", StringComparison.Ordinal) || attribute is "src" or "href" or "srcset" or "xmlns");
        string style = document.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", page, StringComparison.Ordinal);
        string[] anchors = [.. document.Descendants().Attributes("id").Select(attribute => attribute.Value)];
        Assert.Equal(anchors.Distinct(), anchors);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Render_Sample_DrawsNumbersOnly(string name)
    {
        XDocument document = Parsed(ReportPage.Render(Content(name)));
        foreach (XAttribute attribute in document.Descendants("svg").Descendants().Attributes())
        {
            if (attribute.Name.LocalName is "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy" or "r" or "width" or "height")
            {
                Assert.Matches(Number(), attribute.Value);
                Assert.False(attribute.Name.LocalName is "width" or "height" or "r" && attribute.Value.StartsWith('-'), attribute.ToString());
            }

            Assert.DoesNotContain("NaN", attribute.Name.LocalName is "d" or "transform" ? attribute.Value : "", StringComparison.Ordinal);
        }

        Assert.All(document.Descendants("svg").Where(drawing => drawing.Attribute("aria-hidden") is null), drawing =>
        {
            Assert.Equal("img", (string?)drawing.Attribute("role"));
            Assert.NotEqual("", (string?)drawing.Attribute("aria-label"));
            Assert.NotNull(drawing.Element("title"));
        });
        Assert.DoesNotContain("NaN", document.Root!.Element("body")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", document.Root.Element("body")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Render_Twice_GivesTheSameText(string name)
    {
        string first = ReportPage.Render(Content(name));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NumberGroupSeparator = ".";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(first, ReportPage.Render(Content(name)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Render_AtTheSameTime_GivesTheSameText()
    {
        string expected = ReportPage.Render(SampleReports.Heart());
        var pages = new string[8];
        Parallel.For(0, pages.Length, index => pages[index] = ReportPage.Render(SampleReports.Heart()));
        Assert.All(pages, page => Assert.Equal(expected, page));
    }

    [Fact]
    public void Render_HostileNames_AreText()
    {
        string page = ReportPage.Render(SampleReports.Hostile());
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        string text = Parsed(page).Root!.Value;
        Assert.Contains(SampleReports.HostileName, text, StringComparison.Ordinal);
        Assert.Contains("&#x4E2D; &amp; literal", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ControlAndDirectionMarks_AreReplaced()
    {
        string page = ReportPage.Render(SampleReports.Heart() with { Title = "a\u0001b\u202Ec\uD800d" });
        Assert.Contains("<h1>a\uFFFDb\uFFFDc\uFFFDd</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Chinese_IsWrittenAsItself()
    {
        string page = ReportPage.Render(SampleReports.Heart() with { Title = "心脏病 😀 naïve" });
        Assert.Contains("<h1>心脏病 😀 naïve</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Bare_ShowsOnlyAnswerAndLimits()
    {
        XDocument document = Parsed(ReportPage.Render(SampleReports.Bare()));
        Assert.Equal(["limits"], document.Descendants("section").Select(section => (string?)section.Attribute("id")));
        Assert.Empty(document.Descendants("svg"));
        Assert.Empty(document.Descendants("table"));
    }

    [Fact]
    public void Render_Heart_HasEverySection()
    {
        XDocument document = Parsed(ReportPage.Render(SampleReports.Heart()));
        Assert.Equal(
            ["key-figures", "curves", "decision", "net-benefit", "figures", "subgroups", "sites", "curves-oof", "decision-oof", "candidates", "data", "leakage", "imbalance", "table-one", "model", "contributions", "method", "limits"],
            document.Descendants("section").Select(section => (string?)section.Attribute("id")));
        Assert.Equal("Once, for this report.", document.Descendants("dd").Single(each => each.Value.StartsWith("Once", StringComparison.Ordinal)).Value);
        Assert.Single(document.Descendants("h1"));
    }

    [Fact]
    public void Render_Thyroid_ComparesTheClasses()
    {
        XDocument document = Parsed(ReportPage.Render(SampleReports.Thyroid()));
        Assert.Contains(document.Descendants("section"), section => (string?)section.Attribute("id") == "classes");
        Assert.Contains("3 classes", document.Root!.Value, StringComparison.Ordinal);
        Assert.Equal(3, document.Root.With("td", "right").Count());
    }

    [Fact]
    public void Render_Samples_CanBeLookedAt()
    {
        // MEDTUNE_SAMPLE_REPORTS names a folder that then receives the samples as files.
        if (Environment.GetEnvironmentVariable("MEDTUNE_SAMPLE_REPORTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (string name in (string[])["heart", "finetuned", "rare", "thyroid", "hostile", "extreme", "bare"])
            {
                ReportFile.Write(Content(name), Path.Combine(folder, name + ".html"));
            }
        }
    }

    private static ReportContent Content(string name) => name switch
    {
        "heart" => SampleReports.Heart(),
        "finetuned" => SampleReports.FineTuned(),
        "rare" => SampleReports.Rare(),
        "thyroid" => SampleReports.Thyroid(),
        "hostile" => SampleReports.Hostile(),
        "extreme" => SampleReports.Extreme(),
        _ => SampleReports.Bare(),
    };

    private static XDocument Parsed(string page)
    {
        using var text = new StringReader(page);
        using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader);
    }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]{1,2})?%?$")]
    private static partial Regex Number();
}
