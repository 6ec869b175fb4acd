namespace MedTune.Reports;

/// <summary>A report as a file.</summary>
public static class ReportFile
{
    /// <summary>Draws a report into a file, which appears whole or not at all: it is written under a temporary name beside it first.</summary>
    /// <param name="content">What the report shows.</param>
    /// <param name="path">The file, for example <c>report.html</c>; an existing one is replaced. Its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(ReportContent content, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ResultFile.Write(path, ReportPage.Render(content));
    }
}
