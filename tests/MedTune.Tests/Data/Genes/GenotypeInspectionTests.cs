using MedTune.Data.Genes;
using MedTune.Tensors;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

public sealed class GenotypeInspectionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(200, 1)]
    [InlineData(30, 0)]
    public void Run_OnePersonTwice_IsFoundWhereVariantsCanTell(int variants, int pairs)
    {
        const int People = 30;
        using TemporaryFolder folder = new();
        var random = new Philox(3, RandomPurpose.Search, 7);
        List<string> lines = ["##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + string.Join('\t', Enumerable.Range(0, People).Select(i => $"p{i}"))];
        for (int variant = 0; variant < variants; variant++)
        {
            string[] genotypes = [.. Enumerable.Range(0, People).Select(i => random.Below(3, (ulong)((variant * 100) + i)) switch { 0 => "0/0", 1 => "0/1", _ => "1/1" })];
            genotypes[20] = variant == 5 ? "./." : genotypes[4]; // p20 is p4 again
            lines.Add($"1\t{variant + 1}\t.\tA\tC\t.\tPASS\t.\tGT\t{string.Join('\t', genotypes)}");
        }

        lines.Add($"1\t{variants + 1}\t.\tA\tC\t.\tPASS\t.\tGT\t{string.Join('\t', Enumerable.Repeat("0/0", People))}");
        lines.Add($"1\t{variants + 2}\t.\tA\tC\t.\tPASS\t.\tGT\t{string.Join('\t', Enumerable.Range(0, People).Select(i => i < 5 ? "." : "0"))}");
        string labels = folder.Write("labels.csv", "sample,label\n" + string.Concat(Enumerable.Range(0, People).Select(i => $"p{i},{(i < 10 ? "case" : "control")}\n")));
        var seen = GenotypeInspection.Run(GenotypeSet.Open(folder.Write("a.vcf", string.Join('\n', lines) + "\n"), labels));
        Assert.Equal(pairs, seen.Alike.Length);
        Assert.Equal(People - pairs, seen.Groups.Distinct().Count());
        Assert.Equal(2, seen.Findings.Single(finding => finding.Code == GeneFindingCodes.ConstantVariants).Count);
        Assert.Equal(1, seen.Findings.Single(finding => finding.Code == GeneFindingCodes.UncalledVariants).Count);
        if (pairs > 0)
        {
            Assert.Equal((4, 20, 1.0), (seen.Alike[0].First, seen.Alike[0].Second, seen.Alike[0].Concordance));
            Assert.Equal(seen.Groups[4], seen.Groups[20]);
            Assert.Equal(1, seen.Findings.Single(finding => finding.Code == GeneFindingCodes.ContradictingSamples).Count);
        }
    }

    [Fact]
    public void Run_SharedPanel_NamesHardlyAnyPair()
    {
        if (SharedGenes.Find("var_ancestry_1kg") is not { } folder)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        // The 2,504 persons of the project are not the same, and not close relatives by design.
        var seen = GenotypeInspection.Run(GenotypeSet.Open(Path.Combine(folder, "seldin.vcf.gz"), Path.Combine(folder, "labels.csv"), new GenotypeOptions { Target = "superpopulation" }));
        output.WriteLine($"{seen.Alike.Length} pairs");
        Assert.InRange(seen.Alike.Length, 0, 3);
    }
}
