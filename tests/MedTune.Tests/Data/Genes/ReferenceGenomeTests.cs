using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

public sealed class ReferenceGenomeTests(ITestOutputHelper output)
{
    private const string Text = ">chr1 one\nACGTA\nCCGGT\nAA\n>chr2\nnnac\n>empty\n>chrX\nTTTTTTT\n";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Letters_AnyWindowAndPacking_IsRight(int kind)
    {
        string text = kind == 3 ? Text.Replace("\n", "\r\n", StringComparison.Ordinal) : Text;
        byte[] bytes = kind switch { 1 => Packed.Bgzf(text, 7), 2 => Packed.Gzip(text), _ => Encoding.ASCII.GetBytes(text) };
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["ref.fa"], bytes);
        using var genome = ReferenceGenome.Open(folder["ref.fa"]);
        const string Chr1 = "ACGTACCGGTAA";
        for (int start = 0; start <= Chr1.Length; start++)
        {
            for (int length = 0; start + length <= Chr1.Length; length++)
            {
                Assert.Equal(Chr1.Substring(start, length), genome.Letters("chr1", start, length));
            }
        }

        Assert.Equal("NNNAC", genome.Window("chr2", -1, 5));
        Assert.Equal("CNNN", genome.Window("chr2", 3, 4));
        Assert.Equal("NN", genome.Window("chr2", -5, 2));
        Assert.Equal("NN", genome.Window("empty", 0, 2));
        Assert.Equal([12, 4, 0, 7], genome.Contigs.Select(contig => contig.Length));
        Assert.Equal((ChromosomeNaming.Chr, GenomeBuild.Unknown), (genome.Naming, genome.Build));
        Assert.Throws<DataException>(() => genome.Letters("chr1", 8, 5));
        Assert.Throws<DataException>(() => genome.Letters("1", 0, 1));
    }

    [Fact]
    public void Index_WrittenAndRead_GivesTheSame()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("ref.fa", Text);
        ReferenceGenome.WriteIndex(path);
        Assert.Equal("chr1\t12\t10\t5\t6\nchr2\t4\t31\t4\t5\nempty\t0\t43\t0\t0\nchrX\t7\t49\t7\t8\n", File.ReadAllText(path + ".fai"));
        using (var genome = ReferenceGenome.Open(path))
        {
            Assert.Equal("GGTAA", genome.Letters("chr1", 7, 5));
        }

        foreach ((string from, string to) in new[] { ("chr1\t12\t10", "chr1\t12\t11"), ("chrX\t7", "chrX\t99"), ("chr2", "chr3"), ("\t5\t6\n", "\t5\t9\n"), ("\t4\t5\n", "\n") })
        {
            folder.Write("ref.fa.fai", "");
            ReferenceGenome.WriteIndex(folder.Write("copy.fa", Text));
            File.WriteAllText(folder["ref.fa.fai"], File.ReadAllText(folder["copy.fa.fai"]).Replace(from, to, StringComparison.Ordinal));
            Assert.Throws<DataException>(() => ReferenceGenome.Open(path).Letters("chr1", 0, 12));
        }
    }

    [Theory]
    [InlineData(">a\nACGT\nAC\nACGT\n", "different lengths")]
    [InlineData(">a\nACGT\n\nACGT\n", "different lengths")]
    [InlineData(">a\nAC\nACGT\n", "different lengths")]
    [InlineData(">a\nAC\n>a\nAC\n", "2 records")]
    [InlineData("AC\n", "no FASTA")]
    [InlineData(">a\nAC*T\n", "no letters")]
    public void Open_UnfitReference_IsRefused(string text, string expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("ref.fa", text);
        string message = Assert.Throws<DataException>(() => ReferenceGenome.Open(path).Letters("a", 0, 4)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void ContigNames_Chr_IsTheSameOnlyWhenSaid()
    {
        string[] names = ["1", "2", "MT"];
        Assert.Null(ContigNames.Exact.Find("chr1", names));
        Assert.Equal("1", ContigNames.IgnoringChr.Find("chr1", names));
        Assert.Equal("MT", ContigNames.IgnoringChr.Find("chrM", names));
        Assert.Equal("2", ContigNames.Of(new Dictionary<string, string> { ["z"] = "2" }).Find("z", names));
        Assert.Null(ContigNames.IgnoringChr.Find("chr3", names));
    }

    [Fact]
    public void Open_SharedGenomes_HaveTheirLengths()
    {
        if (SharedGenes.Find("dna_pretrain") is not { } folder)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        foreach ((string name, long letters, long unknown) in new[] { ("human_chr20_1000000_2000000", 1_000_000, 0L), ("human_chr1_start", 3_390_000, 200_000), ("ecoli_k12_mg1655", 4_641_652, 0), ("dm1pct", 1_375_477, 17_972) })
        {
            using var genome = ReferenceGenome.Open(Path.Combine(folder, name + ".fa.gz"));
            Assert.Equal(letters, genome.Contigs.Sum(contig => contig.Length));
            Assert.Equal(unknown, genome.Contigs.Sum(contig => genome.Letters(contig.Name, 0, (int)contig.Length).LongCount(letter => letter == 'N')));
        }
    }
}
