using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

public sealed class RegionReaderTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("track name=x\nchr1\t0\t10\tg1\t0\t-\nchr2\t5\t5\n", "chr1 0 10 Reverse g1 |chr2 5 5 Unknown  ")]
    [InlineData("chr1 3 9\r\n", "chr1 3 9 Unknown  ")]
    [InlineData("##gff-version 3\n#x\nc\ts\tgene\t1\t10\t.\t+\t.\tID=a;Name=b%20c\nc\ts\tCDS\t4\t4\t.\t.\t0\tID=a\n##FASTA\n>c\nACGT\n", "c 0 10 Forward b c gene|c 3 4 Unknown a CDS")]
    [InlineData("c\ts\tgene\t1\t10\t.\t+\t.\tID=a\n", "c 0 10 Forward a gene")]
    [InlineData("chr1\t10\t5\n", null)]
    [InlineData("chr1\t-1\t5\n", null)]
    [InlineData("chr1\t1\n", null)]
    [InlineData("chr1\t1\t5\tn\t0\tx\n", null)]
    [InlineData("##gff-version 2\n", null)]
    [InlineData("##gff-version 3\nc\ts\tgene\t0\t10\t.\t+\t.\tID=a\n", null)]
    public void Read_Forms_AreReadOrRefused(string text, string? expected)
    {
        var file = GeneFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a");
        if (expected is null)
        {
            Assert.Throws<DataException>(() => RegionReader.Read(file).ToList());
            return;
        }

        Assert.Equal(expected, string.Join('|', RegionReader.Read(file).Select(region => $"{region.Chromosome} {region.Start} {region.End} {region.Strand} {region.Name} {region.Kind}")));
    }

    [Fact]
    public void Read_SharedGenes_BeginWithAStartCodon()
    {
        if (SharedGenes.Find("dna_pretrain") is not { } folder)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        // Nearly all coding sequences of E. coli begin with ATG, GTG or TTG: positions and strands are right only if these do.
        using var genome = ReferenceGenome.Open(Path.Combine(folder, "ecoli_k12_mg1655.fa.gz"));
        var coding = RegionReader.ReadAll(Path.Combine(folder, "ecoli_k12_mg1655.gff.gz")).Where(region => region.Kind == "CDS").ToList();
        int starts = coding.Count(region =>
        {
            string letters = genome.Letters(region.Chromosome, region.Start, (int)region.Length);
            return (region.Strand == GenomicStrand.Reverse ? Nucleotides.ReverseComplement(letters) : letters)[..3] is "ATG" or "GTG" or "TTG";
        });
        output.WriteLine($"{starts} of {coding.Count} coding sequences begin with a start codon");
        Assert.True(coding.Count > 4000 && starts > coding.Count * 98 / 100);
    }
}
