using System.Text;
using MedTune.Reports;

namespace MedTune.Tests.Reports;

public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("medtune-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_ExistingFile_IsReplacedWhole()
    {
        string path = Path.Combine(_folder, "report.html");
        File.WriteAllText(path, new string('x', 1_000_000));
        ReportFile.Write(SampleReports.Heart(), path);
        Assert.Equal(Encoding.UTF8.GetBytes(ReportPage.Render(SampleReports.Heart())), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_FolderInTheWay_LeavesNothingBehind()
    {
        string path = Path.Combine(_folder, "taken");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<Exception>(() => ReportFile.Write(SampleReports.Heart(), path));
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
