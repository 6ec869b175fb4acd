using System.Xml.Linq;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Reports;
using MedTune.Reports.Mapping;
using MedTune.Reports.Sections;
using MedTune.Reports.Wording;

namespace MedTune.Tests.Reports;

/// <summary>The sections of a report about pictures.</summary>
public sealed class ImageReportTests
{
    [Fact]
    public void Render_Pictures_HasEverySectionAndOnlyPicturesOfItsOwn()
    {
        string page = ReportPage.Render(SampleReports.Pictures());

        var document = XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        string[] sections = [.. document.Descendants("section").Select(section => (string)section.Attribute("id")!)];
        Assert.Subset(sections.ToHashSet(), new HashSet<string> { "twins", "training-sees", "cases", "worst-errors", "reread", "robustness", "shortcuts" });
        Assert.Equal(sections.Distinct(), sections);
        var pictures = document.Descendants("img").ToList();
        Assert.True(pictures.Count > 30);
        Assert.All(pictures, picture =>
        {
            Assert.StartsWith("data:image/png;base64,", (string?)picture.Attribute("src"), StringComparison.Ordinal);
            Assert.NotEqual("", (string?)picture.Attribute("alt"));
        });
        Assert.Contains("img-src data:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", document.Root!.Element("body")!.Value, StringComparison.Ordinal);
        Assert.Contains("Noise at the highest level costs most: from 0.95 to 0.70", document.Root.Value, StringComparison.Ordinal);
        Assert.Equal(page, ReportPage.Render(SampleReports.Pictures()));
    }

    [Fact]
    public void Render_NoPictures_IsAsBefore()
    {
        string page = ReportPage.Render(SampleReports.Heart());

        Assert.Contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("img-src", page, StringComparison.Ordinal);
        string empty = ReportPage.Render(SampleReports.Heart() with { Images = new ImageEvidence() });
        Assert.Equal(Words(page), Words(empty.Replace("; img-src data:", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Render_HostileNames_AreText()
    {
        const string hostile = "\" onerror=\"alert(1)\"><img src=x>";
        var evidence = SampleReports.Evidence();
        evidence = evidence with { Shown = [evidence.Shown[0] with { Name = hostile, Truth = hostile }] };

        string page = ReportPage.Render(SampleReports.Pictures() with { Images = evidence });

        var document = XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        Assert.DoesNotContain(document.Descendants().Attributes(), attribute => attribute.Name.LocalName == "onerror");
        Assert.All(document.Descendants("img"), picture => Assert.StartsWith("data:", (string?)picture.Attribute("src"), StringComparison.Ordinal));
        Assert.Contains(hostile, document.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_Exclusions_AreLossesOfTheStepBeforeAndNothingIsSaidTwice()
    {
        var known = new Finding(ImageFindingCodes.Unreadable, FindingSeverity.Warning, null, 2, "2 pictures cannot be read.", "They were left out.");
        var evidence = new ImageEvidence
        {
            Flow = [new ImageFlowStep(null, 10, 5), new ImageFlowStep(ImageExclusion.Unreadable, 8, 5), new ImageFlowStep(ImageExclusion.Blank, 7, 4)],
            Findings = [known, known with { Code = ImageFindingCodes.AcquisitionShortcut, Message = "Border." }],
        };
        var data = SampleReports.Heart().Data! with { Flow = [new FlowStep("Rows used", 6)], Findings = [new FindingRow(FindingLevel.Warning, known.Message) { Code = known.Code }] };

        var shown = ImageMapping.Data(data, evidence, null!, [], ReportWords.English);

        Assert.Equal([("Pictures found", 10, 5), ("Pictures left", 8, 5), ("Pictures left", 7, 4), ("Pictures used", 6, 0)], shown.Flow.Select(step => (step.Label, step.Samples, step.Patients ?? 0)));
        Assert.Equal([2, 1, 1], shown.Flow.SelectMany(step => step.LeftOut).Select(loss => loss.Samples));
        Assert.Equal([ImageFindingCodes.Unreadable, ImageFindingCodes.AcquisitionShortcut], shown.Findings.Select(finding => finding.Code));
        Assert.Same(data, ImageMapping.Data(data, null, null!, [], ReportWords.English));
    }

    [Fact]
    public void Section_WithoutContent_IsNotThere()
    {
        Assert.Empty(ComponentDrawing.Of<RobustnessSection>(("Robustness", null)).Elements());
        Assert.Empty(ComponentDrawing.Of<ContactSheetSection>(("Sheet", null)).Elements());
        Assert.Empty(ComponentDrawing.Of<ShortcutSection>(("Shortcuts", null)).Elements());
    }

    private static string Words(string page) => string.Concat(page.Where(character => !char.IsWhiteSpace(character)));

    [Fact]
    public void Render_Pictures_CanBeLookedAt()
    {
        // MEDTUNE_SAMPLE_REPORTS names a folder that then receives the sample as a file.
        if (Environment.GetEnvironmentVariable("MEDTUNE_SAMPLE_REPORTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            ReportFile.Write(SampleReports.Pictures(), Path.Combine(folder, "pictures.html"));
        }
    }
}
