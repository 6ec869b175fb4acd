using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

public sealed class SequencesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(">a x y\nACGT\nNNN\nRYk\n>b\nac\n", "a ACGTNNNRYK|b AC")]
    [InlineData(">a\r\nAC GT\r\n\r\n>b\r\n>c\r\nT", "a ACGT|b |c T")]
    [InlineData("\n\n>a\nA", "a A")]
    [InlineData(">\nA\n", " A")]
    [InlineData(">a\nACGU>C\n", null)]
    [InlineData(">a\nAC-GT\n", null)]
    [InlineData(">a\nMEEPQ\n", null)]
    [InlineData("ACGT\n", null)]
    public void Fasta_Forms_AreReadOrRefused(string text, string? expected)
    {
        foreach (byte[] bytes in new[] { Encoding.UTF8.GetBytes(text), Packed.Gzip(text), Packed.Bgzf(text, 3) })
        {
            if (expected is null)
            {
                string message = Assert.Throws<DataException>(() => All(bytes)).Message;
                Assert.Contains("line", message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(expected, string.Join('|', All(bytes).Select(one => $"{one.Name} {one.Letters}")));
            }
        }
    }

    [Fact]
    public void Fasta_PiecesAndCase_AreKeptTrackOf()
    {
        using var reader = FastaReader.Open(new MemoryStream(">chr1 about\nACgtn\nNNac\n>chr2\nT\n"u8.ToArray()), "a", new FastaReadOptions { KeepsCase = true });
        Assert.True(reader.MoveNext());
        Assert.Equal(("chr1", "about"), (reader.Name, reader.Description));
        byte[] three = new byte[3];
        Assert.Equal(3, reader.Read(three));
        Assert.Equal("ACg"u8, three);
        Assert.Equal(3, reader.Read(three));
        Assert.Equal("tnN"u8, three);
        Assert.True(reader.MoveNext());
        Assert.Equal("chr2", reader.Name);
        Assert.Equal((9, 5), (reader.Letters, reader.SoftMasked));
        Assert.Equal(1, reader.Read(three));
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void Fasta_RecordTooLong_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.fa", ">a\nACGTACGT\n");
        Assert.Throws<DataException>(() => FastaReader.ReadAll(path, new FastaReadOptions { LongestSequence = 7 }).ToList());
    }

    [Fact]
    public void Fastq_Wrapped_IsRead()
    {
        using var file = GeneFile.Open(new MemoryStream("@r1 x\nACG\nT\n+r1\n!!~\nI\n\n@r2\n..\n+\n@+\n"u8.ToArray()), "a");
        var reads = FastqReader.Read(file).ToList();
        Assert.Equal(["r1 ACGT", "r2 NN"], reads.Select(read => $"{read.Name} {read.Letters}"));
        Assert.Equal([0, 0, 93, 40], reads[0].Qualities.Select(quality => (int)quality));
    }

    [Theory]
    [InlineData("@r\nACGT\n+\n!!!")]
    [InlineData("@r\nACGT\n+\n!!!!!\n")]
    [InlineData("@r\nACGT\n")]
    [InlineData("@r\nAC?T\n+\n!!!!\n")]
    [InlineData("@r\nA\n+\n \n")]
    [InlineData("r\nA\n+\n!\n")]
    public void Fastq_Damaged_IsRefused(string text)
    {
        using var file = GeneFile.Open(new MemoryStream(Encoding.ASCII.GetBytes(text)), "a");
        Assert.Throws<DataException>(() => FastqReader.Read(file).ToList());
    }

    [Fact]
    public void Set_PairOfFiles_HasTheFilesAsClasses()
    {
        using TemporaryFolder folder = new();
        string cases = folder.Write("affected.fa", ">a\nACGU\n>a\n\n>b\nACRT\n");
        string controls = folder.Write("others.fasta", ">a\nacgt\n");
        var set = SequenceSet.Open([cases, controls]);
        Assert.Equal<string>(["others", "affected"], set.Classes);
        Assert.Equal(["ACGT 1", "ACRT 1", "ACGT 0"], set.Samples.Select(sample => $"{sample.Letters} {sample.Label}"));
        Assert.Equal(
            [GeneFindingCodes.PositiveClass, GeneFindingCodes.EmptySequences, GeneFindingCodes.RepeatedNames, GeneFindingCodes.AmbiguousLetters, GeneFindingCodes.SoftMasked, GeneFindingCodes.Rna],
            set.Findings.Select(finding => finding.Code));
        Assert.Equal<string>(["others", "affected"], SequenceSet.Open([controls, cases], new SequenceSetOptions { Positive = "affected" }).Classes);
        Assert.Throws<DataException>(() => SequenceSet.Open([cases]));
        Assert.Throws<DataException>(() => SequenceSet.Open([cases, cases]));
    }

    [Theory]
    [InlineData("sequence,label\nACGT,1\nAC,0\n", "ACGT 1|AC 0")]
    [InlineData("sequence\tlabel\nACG CGT GTA\t1\nAAA AAC\t0\n", "ACGTA 1|AAAC 0")]
    [InlineData("sequence\tlabel\nACG CGT TTA\t1\nAAA AAC\t0\n", null)]
    [InlineData("sequence\tlabel\nACG CGT GT\t1\nAAA AAC\t0\n", null)]
    [InlineData("sequence,label\nACGT,1\nAXC,0\n", null)]
    [InlineData("sequence,label\nACGT,1\nAC,\n", null)]
    [InlineData("sequence,label\nACGT,1\nAC,1\n", null)]
    [InlineData("letters,label\nACGT,1\nAC,0\n", null)]
    public void Set_Table_IsReadOrRefused(string text, string? expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.csv", text);
        if (expected is null)
        {
            Assert.Throws<DataException>(() => SequenceSet.Open([path]));
        }
        else
        {
            Assert.Equal(expected, string.Join('|', SequenceSet.Open([path]).Samples.Select(sample => $"{sample.Letters} {sample.Label}")));
        }
    }

    [Theory]
    [InlineData("ACGTNRYSWKMBDHV", "BDHVKMWSRYNACGT")]
    [InlineData("acgU", "Acgt")]
    public void ReverseComplement_Codes_AreTurned(string letters, string expected)
    {
        Assert.Equal(expected, Nucleotides.ReverseComplement(letters));
        Assert.Equal(0.5, Nucleotides.GcContent("ACGTNNRY"));
        Assert.Equal(double.NaN, Nucleotides.GcContent("NN"));
    }

    [Theory]
    [InlineData("seq_promoters_ecoli_fasta", "promoter.fa", "non_promoter.fa", 839, 3000, 81)]
    [InlineData("seq_promoters_mouse_tata_fasta", "promoter.fa.gz", "non_promoter.fa.gz", 1255, 3530, 251)]
    public void Set_SharedPairs_HaveTheirCounts(string folder, string positive, string negative, int positives, int negatives, int length)
    {
        if (SharedGenes.Find(folder) is not { } at)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        var set = SequenceSet.Open([Path.Combine(at, positive), Path.Combine(at, negative)]);
        Assert.Equal<string>(["non_promoter", "promoter"], set.Classes);
        Assert.Equal((positives, negatives), (set.Samples.Count(sample => sample.Label == 1), set.Samples.Count(sample => sample.Label == 0)));
        Assert.True(set.Samples.Take(positives).All(sample => sample.Label == 1));
        Assert.True(set.Samples.All(sample => sample.Letters.Length == length));
    }

    [Fact]
    public void Set_SharedTables_HaveTheirCounts()
    {
        if (SharedGenes.Find("seq_dnabert_kmer_tsv") is not { } kmers)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        var joined = SequenceSet.Open([Path.Combine(kmers, "dev_6mer.tsv.gz")]);
        var plain = SequenceSet.Open([Path.Combine(kmers, "data.csv")]);
        Assert.Equal(plain.Samples.Select(sample => (sample.Letters, sample.Label)), joined.Samples.Select(sample => (sample.Letters, sample.Label)));
        Assert.Equal((1000, 101), (joined.Samples.Length, joined.Samples[0].Letters.Length));
        foreach ((string name, int rows, int classes) in new[] { ("seq_splice_uci", 3190, 3), ("seq_promoters_uci", 106, 2), ("seq_promoters_human_tata", 6130, 2) })
        {
            var set = SequenceSet.Open([Path.Combine(kmers, "..", name, "data.csv")]);
            Assert.Equal((rows, classes), (set.Samples.Length, set.Classes.Length));
        }
    }

    private static List<NucleotideSequence> All(byte[] bytes)
    {
        using var reader = FastaReader.Open(new MemoryStream(bytes), "a");
        List<NucleotideSequence> all = [];
        while (reader.TryReadSequence() is { } sequence)
        {
            all.Add(sequence);
        }

        return all;
    }
}
