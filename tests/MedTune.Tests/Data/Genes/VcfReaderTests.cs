using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;

namespace MedTune.Tests.Data.Genes;

public sealed class VcfReaderTests
{
    private const string Columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";
    private const string Start = "##fileformat=VCFv4.2\n" + Columns + "\tFORMAT\tPATIENTX7\tPATIENTX8\n";

    [Fact]
    public void Read_Bcf_SaysWhatWasWritten()
    {
        foreach (byte[] bytes in new[] { BcfFile.Write(), Packed.Bgzf(BcfFile.Write(), 50) })
        {
            using var reader = VcfReader.Open(new MemoryStream(bytes), "a");
            Assert.True(reader.IsBinary);
            Assert.Equal<string>(["PATIENTX7", "PATIENTX8"], reader.Header.Samples);
            var records = reader.ReadAll().ToList();
            Assert.Equal(2, records.Count);
            Assert.Equal("chr1 10 rs1 A C,G 33.5 PASS AF=0.25,.;DP=300;DB 0|1 ./2", Line(records[0]));
            Assert.Equal("chr2 300000  T  NaN q10 . 0 0/0", Line(records[1]));
            Assert.Equal((1, 2, -1), (records[0].Dosage(0), records[1].Ploidy(1), records[0].Dosage(1, 2)));
            Assert.Equal(("", "300", (string?)null), (records[0].Info("DB"), records[0].Info("DP"), records[0].Info("D")));
        }
    }

    [Theory]
    [InlineData("0/1", 2, 1, false)]
    [InlineData("1|1", 2, 2, true)]
    [InlineData("1", 1, 1, false)]
    [InlineData("./.", 2, -1, false)]
    [InlineData(".", 1, -1, false)]
    [InlineData("0/.", 2, -1, false)]
    [InlineData("0/1/1", 3, 2, false)]
    [InlineData("0|1/1", 3, 2, false)]
    [InlineData("0/2", 2, 0, false)]
    public void Genotype_Forms_HaveTheirDosage(string genotype, int ploidy, int dosage, bool isPhased)
    {
        using var reader = VcfReader.Open(new MemoryStream(Encoding.ASCII.GetBytes($"{Start}1\t5\t.\tA\tC,<NON_REF>\t.\t.\t.\tGT:DP\t0/0:3\t{genotype}:7\n")), "a");
        var record = reader.Read()!;
        Assert.Equal((ploidy, dosage, isPhased), (record.Ploidy(1), record.Dosage(1), record.Genotype(1).IsPhased));
        Assert.Equal((2, 0), (record.Ploidy(0), record.Dosage(0)));
    }

    [Theory]
    [InlineData("1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/0\t0/2", "genotype")]
    [InlineData("1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/0\t0/", "genotype")]
    [InlineData("1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/0\t0-1", "genotype")]
    [InlineData("1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/0\t", "genotype")]
    [InlineData("1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/0", "10 columns where the header names 11")]
    [InlineData("1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/0\t0/0:1", "more values")]
    [InlineData("1\t5\t.\tA\tC\t.\t.\t.\tGT:GT\t0/0\t0/0", "FORMAT")]
    [InlineData("1\t5\t.\t.\tC\t.\t.\t.\tGT\t0/0\t0/0", "no REF")]
    [InlineData("1\t5\t.\tA\tX\t.\t.\t.\tGT\t0/0\t0/0", "ALT")]
    [InlineData("1\t-5\t.\tA\tC\t.\t.\t.\tGT\t0/0\t0/0", "POS")]
    [InlineData("1\t3000000000\t.\tA\tC\t.\t.\t.\tGT\t0/0\t0/0", "POS")]
    [InlineData("1\t5\t.\tA\tC\tgood\t.\t.\tGT\t0/0\t0/0", "QUAL")]
    [InlineData("1\t5\t.\tA\tC\t.\t.\t\tGT\t0/0\t0/0", "INFO")]
    [InlineData("chr1\t4\t.\tA\tC\t.\t.\t.\tGT\t0/0\t0/0", "1 and chr1")]
    [InlineData("1 5 . A C . . . GT 0/0 0/0", "spaces")]
    public void Read_BrokenLine_IsRefusedWithItsNumberOnly(string line, string expected)
    {
        string good = "1\t4\t.\tA\tC\t.\t.\t.\tGT\t0/0\t1/1\n";
        using var reader = VcfReader.Open(new MemoryStream(Encoding.ASCII.GetBytes($"{Start}{good}{line}\n")), "cohort.vcf");
        Assert.NotNull(reader.Read());
        string message = Assert.Throws<DataException>(reader.Read).Message;
        Assert.Contains("cohort.vcf: line 4 ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("PATIENT", message, StringComparison.Ordinal);
        Assert.DoesNotContain("0/2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("##contig=<ID=1,length=249250621>\n", GenomeBuild.GRCh37)]
    [InlineData("##contig=<ID=chrX,length=156040895>\n", GenomeBuild.GRCh38)]
    [InlineData("##reference=file:///data/hg19.fa\n", GenomeBuild.GRCh37)]
    [InlineData("##contig=<ID=1,assembly=GRCh38>\n", GenomeBuild.GRCh38)]
    [InlineData("##contig=<ID=1,length=249250621>\n##reference=GRCh38.fa\n", GenomeBuild.GRCh37)]
    [InlineData("##contig=<ID=1,length=5>\n", GenomeBuild.Unknown)]
    public void Open_Header_TellsTheBuild(string lines, GenomeBuild expected)
    {
        using var reader = VcfReader.Open(new MemoryStream(Encoding.ASCII.GetBytes($"##fileformat=VCFv4.2\n{lines}{Columns}\n")), "a");
        Assert.Equal(expected, reader.Build);
        Assert.Equal(expected == GenomeBuild.Unknown, reader.Findings.Any(finding => finding.Code == GeneFindingCodes.Build));
    }

    [Fact]
    public void Read_FormalFaults_AreCountedOrRefused()
    {
        byte[] file = Encoding.ASCII.GetBytes($"##fileformat=VCFv4.2\n{Columns}\n1\t20\t.\tA\tC\t.\t.\tDP=-3\n1\t10\t.\tA\tC\t.\t.\t.\n1\t10\t.\tCA\tCC\t-1\t.\t.");
        using var reader = VcfReader.Open(new MemoryStream(file), "a");
        Assert.Equal(3, reader.ReadAll().Count());
        string told = string.Join(' ', reader.Findings.Select(finding => finding.Message));
        foreach (string fault in new[] { "smaller POS", "negative QUAL", "negative DP", "line feed" })
        {
            Assert.Contains(fault, told, StringComparison.Ordinal);
        }

        using var strict = VcfReader.Open(new MemoryStream(file), "a", new VcfReadOptions { Strictness = VcfStrictness.Strict });
        Assert.Contains("line 3 ", Assert.Throws<DataException>(() => strict.ReadAll().Count()).Message, StringComparison.Ordinal);
    }

    private static string Line(VcfRecord record) => string.Join(' ', record.Chromosome, record.Position, string.Join(';', record.Ids), record.Reference, string.Join(',', record.Alternates),
        FormattableString.Invariant($"{record.Quality}"), string.Join(';', record.Filters), record.InfoText,
        string.Join(' ', Enumerable.Range(0, record.SampleCount).Select(i => string.Join(record.Genotype(i).IsPhased ? '|' : '/', record.Genotype(i).Alleles.Select(allele => allele < 0 ? "." : $"{allele}")))));
}
