using MedTune.Reports;

namespace MedTune.Tests.Reports;

public sealed class ReportPageTests
{
    [Fact]
    public void Render_SampleReports_CanBeLookedAt()
    {
        // Set MEDTUNE_SAMPLE_REPORTS to a folder to get the sample reports as files.
        string? folder = Environment.GetEnvironmentVariable("MEDTUNE_SAMPLE_REPORTS");
        foreach ((string name, ReportContent content) in ((string, ReportContent)[])
            [("heart", SampleReports.Heart()), ("finetuned", SampleReports.FineTuned()), ("rare", SampleReports.Rare()), ("thyroid", SampleReports.Thyroid())])
        {
            string page = ReportPage.Render(content);
            Assert.Contains("What this model is not", page, StringComparison.Ordinal);
            if (folder is not null)
            {
                ReportFile.Write(content, Path.Combine(folder, name + ".html"));
            }
        }
    }
}
