using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

public sealed class GenotypeSetTests(ITestOutputHelper output)
{
    private const string Header = "##fileformat=VCFv4.2\n##contig=<ID=1,length=249250621>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tp1\tp2\tp3\n";

    [Fact]
    public void Open_JoinsBySample_AndSplits()
    {
        using TemporaryFolder folder = new();
        string variants = folder.Write("a.vcf", Header
            + "1\t10\trs1\tA\tC,G\t.\tPASS\t.\tGT:DP\t0/1:3\t1|2:4\t./.\n"
            + "1\t20\t.\tCTT\tCT\t.\t.\t.\tGT\t0\t1\t0/1\n"
            + "1\t20\t.\tCT\tC\t.\t.\t.\tGT\t0\t1\t0/1\n"
            + "1\t30\t.\tA\t<DEL>,*\t.\t.\t.\tGT\t0/0\t1/2\t0/1\n"
            + "1\t40\t.\tA\tT\t.\tq10\t.\tGT\t0/0\t1/1\t0/1\n"
            + "X\t50\t.\tA\tT\t.\t.\t.\tDP\t1\t2\t3\n");
        string labels = folder.Write("labels.csv", "sample,label\np3,well\np1,ill\np9,ill\np2,well\n");
        var set = GenotypeSet.Open(variants, labels, new GenotypeOptions { Positive = "ill" });
        Assert.Equal<string>(["p3", "p1", "p2"], set.Samples);
        Assert.Equal<int>([0, 1, 0], set.Labels);
        Assert.Equal(GenomeBuild.GRCh37, set.Build);
        Assert.Equal(
            ["1:10A>C -1,1,1", "1:10A>G -1,0,1", "1:20CT>C 1,0,1"],
            set.Variants.Select(column => $"{column.Variant.Chromosome}:{column.Variant.Position}{column.Variant.Reference}>{column.Variant.Alternate} {string.Join(',', column.Dosages.ToArray())}"));
        foreach (string code in new[] { GeneFindingCodes.UnmatchedSamples, GeneFindingCodes.RepeatedVariants, GeneFindingCodes.FilteredVariants, GeneFindingCodes.WithoutGenotypes, GeneFindingCodes.OtherAlleles, GeneFindingCodes.Haploid })
        {
            Assert.Contains(code, set.Findings.Select(finding => finding.Code));
        }

        Assert.Equal(4, GenotypeSet.Open(variants, labels, new GenotypeOptions { PassedOnly = false }).Variants.Length);
        Assert.Throws<DataException>(() => GenotypeSet.Open(variants, labels, new GenotypeOptions { Reading = new VcfReadOptions { Build = GenomeBuild.GRCh38 } }));
        Assert.Throws<DataException>(() => GenotypeSet.Open(variants, labels, new GenotypeOptions { LargestTable = 5 }));
    }

    [Theory]
    [InlineData("sample,label\nq1,a\nq2,b\n", "none of its 2 samples")]
    [InlineData("sample,label\np1,a\np2,a\n", "one class only")]
    [InlineData("sample,label\np1,a\np1,b\np2,b\n", "another label")]
    [InlineData("sample,label\np1,a\np2,\n", "no label")]
    [InlineData("sample,x,y\np1,a,1\np2,b,2\n", "--target")]
    public void Open_UnclearLabels_AreRefused(string labels, string expected)
    {
        using TemporaryFolder folder = new();
        string variants = folder.Write("a.vcf", Header + "1\t10\trs1\tA\tC\t.\tPASS\t.\tGT\t0/1\t1/1\t0/0\n");
        string message = Assert.Throws<DataException>(() => GenotypeSet.Open(variants, folder.Write("labels.csv", labels))).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("p1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SharedAncestry_HasItsCounts()
    {
        if (SharedGenes.Find("var_ancestry_1kg") is not { } folder)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        var set = GenotypeSet.Open(Path.Combine(folder, "seldin.vcf.gz"), Path.Combine(folder, "labels.csv"), new GenotypeOptions { Target = "superpopulation" });
        Assert.Equal((2504, 127, 5), (set.Samples.Length, set.Variants.Select(column => column.Variant.Position).Distinct().Count(), set.Classes.Length));
        Assert.Equal(661, set.Labels.Count(label => set.Classes[label] == "AFR"));
        Assert.Contains(GeneFindingCodes.VcfRule, set.Findings.Select(finding => finding.Code)); // not sorted, which is told
    }
}
