using MedTune.Data;
using MedTune.Data.Genes;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

/// <summary>The files of the VCF specification's own collection that a reader must accept or refuse.</summary>
public sealed class VcfConformanceTests(ITestOutputHelper output)
{
    private const int Valid = 51;

    [Fact]
    public void Strict_ValidFiles_AreRead() => Assert.Equal(Files("passed").Length, Accepted("passed", VcfStrictness.Strict).Count);

    [Fact]
    public void Practical_ValidFiles_AreRead() => Assert.Equal(Files("passed").Length, Accepted("passed", VcfStrictness.Practical).Count);

    [Fact]
    public void Strict_InvalidFiles_AreRefusedWithTheLine()
    {
        string[] files = Files("failed");
        var accepted = Accepted("failed", VcfStrictness.Strict);
        output.WriteLine($"{files.Length - accepted.Count} of {files.Length} refused; accepted: {string.Join(", ", accepted)}");
        Assert.True(accepted.Count <= files.Length / 10, $"{accepted.Count} of {files.Length} invalid files were accepted.");
        foreach (string file in files)
        {
            if (Refusal(file, VcfStrictness.Strict) is { } message)
            {
                Assert.Matches(" line [0-9]+ |is empty|ends inside its header", message);
                Assert.DoesNotContain("HG000", message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Practical_InvalidFiles_TellWhatTheyAccept()
    {
        string[] files = Files("failed");
        int silent = 0;
        int refused = 0;
        foreach (string file in files)
        {
            try
            {
                using var reader = VcfReader.Open(file);
                Assert.InRange(reader.ReadAll().Count(), 0, 100);
                silent += reader.Findings.Any(finding => finding.Code == GeneFindingCodes.VcfRule) ? 0 : 1;
            }
            catch (DataException)
            {
                refused++;
            }
        }

        output.WriteLine($"{refused} of {files.Length} refused, {silent} read without a word");
    }

    private string[] Files(string kind)
    {
        if (SharedGenes.Find("var_vcf_conformance") is not { } folder)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return [];
        }

        string[] files = [.. Directory.EnumerateFiles(folder, "*.vcf", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == kind).Order(StringComparer.Ordinal)];
        Assert.Equal(kind == "passed" ? Valid : 417, files.Length);
        return files;
    }

    private List<string> Accepted(string kind, VcfStrictness strictness)
    {
        List<string> accepted = [];
        foreach (string file in Files(kind))
        {
            if (Refusal(file, strictness) is not { } message)
            {
                accepted.Add(Path.GetRelativePath(SharedGenes.Find("var_vcf_conformance")!, file));
            }
            else if (kind == "passed")
            {
                output.WriteLine(message);
            }
        }

        return accepted;
    }

    private static string? Refusal(string file, VcfStrictness strictness)
    {
        try
        {
            using var reader = VcfReader.Open(file, new VcfReadOptions { Strictness = strictness });
            Assert.InRange(reader.ReadAll().Count(), 0, 100);
            return null;
        }
        catch (DataException refusal)
        {
            return refusal.Message;
        }
    }
}
