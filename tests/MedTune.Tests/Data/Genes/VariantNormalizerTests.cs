using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

public sealed class VariantNormalizerTests(ITestOutputHelper output)
{
    private const string Chromosome = "GGGCACACACAGGGTTTNNACGTACGT";

    // The first is the example of the figure in Tan, Abecasis and Kang (2015): the CA repeat of GGGCACACACAGGG.
    [Theory]
    [InlineData(8, "CAC", "C", "3 GCA G Deletion")]
    [InlineData(5, "ACA", "A", "3 GCA G Deletion")]
    [InlineData(3, "GCACA", "GCA", "3 GCA G Deletion")]
    [InlineData(2, "GGCA", "GG", "3 GCA G Deletion")]
    [InlineData(3, "GCA", "G", "3 GCA G Deletion")]
    [InlineData(11, "A", "ACA", "3 G GCA Insertion")]
    [InlineData(1, "G", "GG", "1 G GG Insertion")]
    [InlineData(3, "G", "GG", "1 G GG Insertion")]
    [InlineData(2, "GG", "G", "1 GG G Deletion")]
    [InlineData(4, "CACA", "CATA", "6 C T Substitution")]
    [InlineData(4, "cac", "tag", "4 CAC TAG Complex")]
    [InlineData(17, "TNN", "T", "17 TNN T Deletion")]
    [InlineData(24, "ACGT", "A", "24 ACGT A Deletion")]
    [InlineData(4, "C", "C", "4 C C None")]
    [InlineData(4, "C", "*", "4 C * Spanned")]
    [InlineData(4, "C", "<NON_REF>", "4 C <NON_REF> Symbolic")]
    [InlineData(4, "C", "C[chr1:9[", "4 C C[chr1:9[ Breakend")]
    public void Normalize_Forms_HaveOneForm(int position, string reference, string alternate, string expected)
    {
        using var genome = Genome();
        var normal = Assert.Single(new VariantNormalizer(genome).Normalize(Record(position, reference, alternate)));
        Assert.Equal(expected, $"{normal.Variant.Position} {normal.Variant.Reference} {normal.Variant.Alternate} {normal.Kind}");
    }

    [Theory]
    [InlineData("chr1", 4, "A", "line 7", "position 4")]
    [InlineData("chr1", 27, "TT", "Line 7", "beyond the end")]
    [InlineData("1", 4, "C", "Line 7", "chr1")]
    [InlineData("chr2", 4, "C", "Line 7", "does not have")]
    public void Check_Mismatch_NamesLineAndPosition(string contig, int position, string reference, string first, string second)
    {
        using var genome = Genome();
        string message = Assert.Throws<DataException>(() => new VariantNormalizer(genome).Check(Record(position, reference, "G", contig))).Message;
        Assert.Contains(first, message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(second, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_NamesSaidToBeTheSame_AreJoined()
    {
        using var genome = Genome();
        var normalizer = new VariantNormalizer(genome, ContigNames.IgnoringChr);
        Assert.Equal("chr1", normalizer.Normalize(Record(4, "C", "G", "1"))[0].Variant.Chromosome);
        normalizer.Check(Record(17, "TAC", "T"));
        Assert.Equal(2, normalizer.UncheckedLetters);
    }

    [Fact]
    public void Normalize_RandomIndels_KeepTheSequenceAndEqualStepByStep()
    {
        for (int n = 0; n < 3000; n++)
        {
            var random = new Philox(5, RandomPurpose.Search, (ulong)n);
            string text = string.Concat(Enumerable.Range(0, 30).Select(i => "AC"[random.Below(2, (ulong)i)]));
            using var genome = ReferenceGenome.Open(new MemoryStream(Encoding.ASCII.GetBytes($">chr1\n{text}\n")), "a", null);
            int start = random.Below(25, 40);
            string reference = text.Substring(start, 1 + random.Below(5, 41));
            string alternate = string.Concat(Enumerable.Range(0, 1 + random.Below(5, 42)).Select(i => "AC"[random.Below(2, (ulong)(50 + i))]));
            var normal = Assert.Single(new VariantNormalizer(genome).Normalize(Record(start + 1, reference, alternate)));
            if (normal.Kind == VariantKind.None)
            {
                Assert.Equal(reference, alternate);
                continue;
            }

            Assert.Equal(Applied(text, start + 1, reference, alternate), Applied(text, normal.Variant.Position, normal.Variant.Reference, normal.Variant.Alternate));
            Assert.Equal(StepByStep(text, start + 1, reference, alternate), (normal.Variant.Position, normal.Variant.Reference, normal.Variant.Alternate));
        }
    }

    [Fact]
    public void For_WrongBuildOrLength_IsRefused()
    {
        using var genome = Genome();
        foreach ((string header, string expected) in new[] { ("##contig=<ID=chr1,length=26>", "26"), ("##contig=<ID=chr1,length=27>", "") })
        {
            using var reader = VcfReader.Open(new MemoryStream(Encoding.ASCII.GetBytes($"##fileformat=VCFv4.2\n{header}\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")), "a");
            if (expected.Length > 0)
            {
                Assert.Contains(expected, Assert.Throws<DataException>(() => VariantNormalizer.For(reader, genome)).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(0, VariantNormalizer.For(reader, genome).UncheckedLetters);
            }
        }
    }

    [Fact]
    public void Normalize_SharedSites_FitTheirReference()
    {
        if (SharedGenes.Find("var_vcf_real/kg_chr20_sites.vcf.gz") is not { } sites || SharedGenes.Find("dna_pretrain/human_chr20_1000000_2000000.fa.gz") is not { } reference)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        using var genome = ReferenceGenome.Open(reference);
        using var reader = VcfReader.Open(sites);
        var names = ContigNames.Of(new Dictionary<string, string> { ["z"] = genome.Contigs[0].Name });
        var normalizer = new VariantNormalizer(genome, names);
        (int records, int alternates, int moved) = (0, 0, 0);
        foreach (var record in reader.ReadAll())
        {
            records++;
            foreach (var normal in normalizer.Normalize(record))
            {
                alternates++;
                moved += normal.IsSequence && normal.Variant.Position < record.Position ? 1 : 0;
            }
        }

        output.WriteLine($"{records} records, {alternates} alternate alleles, {moved} moved left");
        Assert.Equal((28998, 0), (records, normalizer.UncheckedLetters));
        Assert.True(alternates >= records);

        using var wrong = VcfReader.Open(sites);
        var shifted = new VariantNormalizer(ReferenceGenome.Open(new MemoryStream(Encoding.ASCII.GetBytes($">z\nA{genome.Letters(genome.Contigs[0].Name, 0, 999_999)}\n")), "shifted", null));
        Assert.Matches("Line [0-9]+ of the variants, position [0-9]+ of z", Assert.Throws<DataException>(() => wrong.ReadAll().Sum(record => shifted.Normalize(record).Length)).Message);
    }

    private static ReferenceGenome Genome() => ReferenceGenome.Open(new MemoryStream(Encoding.ASCII.GetBytes($">chr1\n{Chromosome}\n")), "ref.fa", null);

    private static VcfRecord Record(int position, string reference, string alternate, string contig = "chr1") => new([], [], 0)
    {
        Line = 7,
        Chromosome = contig,
        Position = position,
        Ids = [],
        Reference = reference,
        Alternates = [alternate],
        Quality = double.NaN,
        Filters = [],
        InfoText = ".",
    };

    private static string Applied(string text, int position, string reference, string alternate) =>
        text[..(position - 1)] + alternate + text[(position - 1 + reference.Length)..];

    /// <summary>The algorithm as published: while letters at the end are the same, take them away, and put the letter in front before both where one is empty.</summary>
    private static (int Position, string Reference, string Alternate) StepByStep(string text, int position, string reference, string alternate)
    {
        bool changed = true;
        while (changed)
        {
            changed = false;
            if (reference.Length > 0 && alternate.Length > 0 && reference[^1] == alternate[^1])
            {
                (reference, alternate, changed) = (reference[..^1], alternate[..^1], true);
            }

            if ((reference.Length == 0 || alternate.Length == 0) && position > 1)
            {
                position--;
                (reference, alternate, changed) = (text[position - 1] + reference, text[position - 1] + alternate, true);
            }
            else if (reference.Length == 0 || alternate.Length == 0)
            {
                char behind = text[reference.Length];
                return (1, reference + behind, alternate + behind);
            }
        }

        while (reference.Length > 1 && alternate.Length > 1 && reference[0] == alternate[0])
        {
            (position, reference, alternate) = (position + 1, reference[1..], alternate[1..]);
        }

        return (position, reference, alternate);
    }
}
