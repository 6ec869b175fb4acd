using System.Diagnostics;
using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tensors;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

/// <summary>Mutated files are read or refused with one sentence: no crash, no other exception, no long wait, no large allocation, no name of a sample.</summary>
public sealed class GeneFuzzTests(ITestOutputHelper output)
{
    private const int Each = 2500;
    private const long MostAllocated = 64 << 20;

    private const string Vcf = "##fileformat=VCFv4.3\n##contig=<ID=1,length=249250621>\n##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth, \\\"all\\\"\">\n"
        + "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"d\">\n##ALT=<ID=DEL,Description=\"x\">\n"
        + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tPATIENTX7\tPATIENTX8\n"
        + "1\t10\trs1\tA\tC,<DEL>\t50\tPASS\tDP=3;X=1,2\tGT:AD\t0|1:3,4,5\t./.\n1\t20\t.\tACGT\tA,*\t1e3\tq10;q20\t.\tGT\t1\t0/2/1\n1\t30\t.\tG\t]1:10]G\t.\t.\tDB\tAD\t1,2\t.\n2\t5\t.\tN\t.\t.\t.\t.\tGT\t0\t0\n";

    private const string Fasta = ">PATIENTX7 one\nACGTNNRYKM\nacgtacgtaa\nAC\n\n>PATIENTX8\nTTTT\n>PATIENTX9\nACGTNNRYKM\nA\n";

    [Fact]
    public void Fasta_Mutated_IsReadOrRefused() => Run(1, [Encoding.ASCII.GetBytes(Fasta), Packed.Gzip(Fasta), Packed.Bgzf(Fasta, 20)], ReadFasta, 4);

    [Fact]
    public void Vcf_Mutated_IsReadOrRefused() => Run(2, [Encoding.ASCII.GetBytes(Vcf)], ReadVcf, 4);

    [Fact]
    public void Bcf_Mutated_IsReadOrRefused() => Run(3, [BcfFile.Write()], ReadVcf, 4);

    [Fact]
    public void Bgzf_Mutated_IsReadOrRefused() => Run(4, [Packed.Bgzf(Vcf, 100), Packed.Bgzf(BcfFile.Write(), 77), Packed.Bgzf(Fasta, 13)], bytes =>
    {
        using (var file = GeneFile.Open(new MemoryStream(bytes), "a"))
        {
            file.Content.CopyTo(Stream.Null);
        }

        using var access = new BgzfRandomAccess(new MemoryStream(bytes), "a");
        access.Position = access.Length / 2;
        access.CopyTo(Stream.Null);
    }, 2);

    [Fact]
    public void OtherFiles_Mutated_AreReadOrRefused()
    {
        Run(5, [Encoding.ASCII.GetBytes("@PATIENTX7\nACGT\n+\n!!!!\n@r\nAC\nGT\n+r\n~~\n~~\n")], bytes =>
        {
            using var file = GeneFile.Open(new MemoryStream(bytes), "a");
            Assert.InRange(FastqReader.Read(file).Count(), 0, 100);
        }, 4);
        Run(6, [Encoding.ASCII.GetBytes("track x\nchr1\t0\t10\tn\t0\t-\n"), Encoding.ASCII.GetBytes("##gff-version 3\nc\ts\tgene\t1\t10\t.\t+\t.\tID=a;Name=b%20c\n")], bytes =>
        {
            using var file = GeneFile.Open(new MemoryStream(bytes), "a");
            Assert.InRange(RegionReader.Read(file).Count(), 0, 100);
        }, 8);
        Run(7, [Encoding.ASCII.GetBytes("chr1\t12\t10\t5\t6\nchr2\t4\t31\t4\t5\n")], bytes =>
        {
            using var genome = ReferenceGenome.Open(new MemoryStream(Encoding.ASCII.GetBytes(">chr1 one\nACGTA\nCCGGT\nAA\n>chr2\nnnac\n")), "a", new MemoryStream(bytes));
            Assert.Equal(10, genome.Window(genome.Contigs[0].Name, genome.Contigs[0].Length - 5, 10).Length);
        }, 2);
    }

    [Fact]
    public void Matrices_Mutated_AreReadOrRefused()
    {
        using TemporaryFolder folder = new();
        string labels = folder.Write("labels.csv", "sample,label\nPATIENTX7,a\nPATIENTX8,b\n");
        Run(8, [Encoding.ASCII.GetBytes("g,PATIENTX7,PATIENTX8\na,1,2e3\n\"b\",-0.5,NA\n"), Encoding.ASCII.GetBytes("s\ta\tb\nPATIENTX7\t1\t2\nPATIENTX8\t3\t\n")], bytes =>
        {
            File.WriteAllBytes(folder["a"], bytes);
            Assert.InRange(ExpressionSet.Open(folder["a"], labels).Matrix.Genes.Length, 1, 10);
        }, 4);
    }

    private static void ReadFasta(byte[] bytes)
    {
        using (var reader = FastaReader.Open(new MemoryStream(bytes), "a"))
        {
            Span<byte> piece = stackalloc byte[7];
            while (reader.MoveNext())
            {
                Assert.InRange(reader.Read(piece), 0, 7);
            }
        }

        if (bytes[0] != 0x1F)
        {
            using var genome = ReferenceGenome.Open(new MemoryStream(bytes), "a", null);
            Assert.Equal(12, genome.Window(genome.Contigs[0].Name, -2, 12).Length);
        }
    }

    private static void ReadVcf(byte[] bytes)
    {
        foreach (var strictness in new[] { VcfStrictness.Practical, VcfStrictness.Strict })
        {
            using var reader = VcfReader.Open(new MemoryStream(bytes), "a", new VcfReadOptions { Strictness = strictness });
            foreach (var record in reader.ReadAll())
            {
                for (int sample = 0; sample < record.SampleCount; sample++)
                {
                    Assert.InRange(record.Dosage(sample), -1, 16);
                    Assert.InRange(record.Genotype(sample).Ploidy, 0, 16);
                }
            }

            Assert.All(reader.Findings, finding => Check(finding.Message));
        }
    }

    private void Run(ulong stream, byte[][] seeds, Action<byte[]> read, int refusedOneOf)
    {
        (int done, int refused, var slowest, long most) = (0, 0, TimeSpan.Zero, 0L);
        for (int n = 0; n < Each; n++)
        {
            byte[] data = Mutated(seeds[n % seeds.Length], new Philox(17, RandomPurpose.Search, (stream << 32) + (ulong)n));
            var watch = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(data);
                done++;
            }
            catch (DataException refusal)
            {
                refused++;
                Check(refusal.Message);
            }

            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        output.WriteLine($"{done} read, {refused} refused, slowest {slowest.TotalMilliseconds:F0} ms, most allocated {most >> 10} KiB");
        Assert.True(refused > Each / (refusedOneOf * 2), $"Only {refused} of {Each} mutated files were refused.");
        Assert.True(slowest < TimeSpan.FromSeconds(10), $"A file took {slowest.TotalSeconds:F0} s.");
        Assert.True(most < MostAllocated, $"A file made {most} bytes.");
    }

    private static void Check(string message)
    {
        Assert.InRange(message.Length, 20, 400);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("PATIENT", message, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9.][/|][0-9.](?![.]? or|, 0[|]1)", message.Replace("0/1, 0|1, 0 or ./.", "", StringComparison.Ordinal));
    }

    private static byte[] Mutated(byte[] sound, Philox random)
    {
        List<byte> data = [.. sound];
        int changes = 1 + random.Below(3, 0);
        for (int i = 0; i < changes && data.Count > 4; i++)
        {
            ulong draw = (ulong)(20 * i) + 1;
            int at = random.Below(data.Count, draw);
            int length = Math.Min(1 + random.Below(random.Below(4, draw + 1) == 0 ? 60 : 4, draw + 2), data.Count - at);
            switch (random.Below(6, draw + 3))
            {
                case 0:
                    data.RemoveRange(at, length);
                    break;
                case 1:
                    data.InsertRange(random.Below(data.Count, draw + 4), data.GetRange(at, length));
                    break;
                case 2:
                    data[at] = "\t\n\r ,;:=<>\"|/.*0\0"u8[random.Below(17, draw + 5)];
                    break;
                case 3:
                    data[at] ^= (byte)(1 << random.Below(8, draw + 6));
                    break;
                default:
                    data[at] = (byte)random.Below(256, draw + 7);
                    break;
            }
        }

        if (data.Count == 0)
        {
            return [(byte)'x'];
        }

        return random.Below(8, 900) == 0 ? [.. data.Take(1 + random.Below(data.Count, 901))] : [.. data];
    }
}
