using Xunit.Abstractions;

namespace MedTune.Tests.House;

/// <summary>A file that grows past one screenful of ideas is two files.</summary>
public sealed class FileSizeTests(ITestOutputHelper output)
{
    private const int SoftLimit = 300;
    private const int HardLimit = 600;

    [Fact]
    public void SourceFiles_StayBelowTheHardLimit()
    {
        (string File, int Lines)[] overLong =
        [
            .. Repository.SourceFiles("src", "tests", "benchmarks", "tools")
                .Select(file => (File: file, Lines: File.ReadLines(Repository.PathOf(file)).Count()))
                .Where(entry => entry.Lines > SoftLimit)
                .OrderByDescending(entry => entry.Lines),
        ];
        foreach ((string file, int lines) in overLong)
        {
            output.WriteLine($"{lines} lines (soft limit {SoftLimit}): {file}");
        }

        HouseRule.Holds(
            $"A file has at most {HardLimit} lines (generated ones end in .g.cs):",
            overLong.Where(entry => entry.Lines > HardLimit).Select(entry => $"{entry.File}: {entry.Lines}"));
    }
}
