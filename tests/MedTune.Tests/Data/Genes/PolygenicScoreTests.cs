using System.Text;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests.Data.Genes;

/// <summary>Scoring files: what is read, how it is found among variants, and what is refused in one sentence.</summary>
public sealed class PolygenicScoreTests
{
    private const string Header = "###PGS CATALOG SCORING FILE\n#format_version=2.0\n#pgs_id=PGS000001\n#genome_build=GRCh37\n";
    private const string Columns = "rsID\tchr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n";

    private static readonly Variant[] Variants =
    [
        new("1", 100, "A", "G"), new("1", 200, "C", "T"), new("chr2", 300, "A", "T"), new("2", 400, "AC", "A"), new("3", 500, "G", "A"), new("3", 500, "G", "C"),
    ];

    [Fact]
    public void Read_PackedHarmonisedFile_TakesHarmonisedPositions()
    {
        string text = Header + "#HmPOS_build=GRCh38\n#variants_number=2\n" + "rsID\tchr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\thm_source\thm_rsID\thm_chr\thm_pos\n"
            + "rs1\t1\t90\tG\tA\t0.25\tENSEMBL\trs1\t1\t100\n" + "rs2\t1\t190\tt\tc\t-1e-1\tENSEMBL\trs2\t\t\n";
        using TemporaryFolder folder = new();
        foreach (byte[] bytes in new[] { Encoding.UTF8.GetBytes(text), Packed.Gzip(text), Packed.Bgzf(text) })
        {
            string path = Path.Combine(folder.Path, "score.txt.gz");
            File.WriteAllBytes(path, bytes);
            var score = PolygenicScore.Read(path);
            Assert.Equal(("PGS000001", GenomeBuild.GRCh38, 2), (score.Id, score.Build, score.Variants.Length));
            Assert.Equal(new PolygenicScoreVariant("1", 100, "rs1", "G", "A", 0.25), score.Variants[0]);
            Assert.Equal(new PolygenicScoreVariant("", 0, "rs2", "T", "C", -0.1), score.Variants[1]);
            Assert.Equal(1, Assert.Single(score.Findings).Count);
        }
    }

    [Fact]
    public void Of_AllelesInEveryWay_AreFoundTurnedAndCounted()
    {
        var score = Read(Header + Columns
            + "rs1\t1\t100\tG\tA\t0.5\n"     // as written
            + "rs2\t1\t200\tC\tT\t0.25\n"    // effect on the reference's allele
            + "rs3\t2\t300\tA\tT\t9\n"       // strand not known
            + "rs4\t2\t400\tAC\tA\t0.125\n"  // a deletion, turned round
            + "rs5\t3\t500\tT\tC\t2\n"       // the other strand of G to A
            + "rs6\t5\t600\tA\tC\t7\n");     // not there
        var match = Match(score);

        Assert.Equal(new (int, double)[] { (0, 0.5), (1, -0.25), (3, -0.125), (4, 2) }, match.Weights.ToArray());
        Assert.Equal((0.75, 6, 2, 1, 1), (match.Constant, match.Wanted, match.Turned, match.OtherStrand, match.Ambiguous));
        Assert.Equal(2, match.Findings.Length);
        Assert.Contains(match.Findings, finding => finding is { Code: GeneFindingCodes.ScoreFound, Severity: FindingSeverity.Warning, Count: 4 });
        Assert.Contains((2, -9.0), Match(score, keepAmbiguous: true).Weights);
    }

    [Fact]
    public void Of_WithoutPositionsOrOtherAllele_GoesByIdentifierAndSingleVariant()
    {
        var match = Match(Read("#pgs_name=made\nrsID\teffect_allele\teffect_weight\nrs0\tA\t1\nrs1\tT\t2\nrs4\tG\t3\n"));
        Assert.Equal(new (int, double)[] { (0, -1), (1, 2), (4, -3) }, match.Weights.ToArray());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("#pgs_id=PGS1\n", "ends before its line of column names")]
    [InlineData("a\tb\n1\t2\n", "has no column effect_allele")]
    [InlineData("rsID\teffect_allele\teffect_weight\teffect_weight\nrs1\tA\t1\t1\n", "names a column twice")]
    [InlineData("effect_allele\teffect_weight\nA\t1\n", "neither chr_name with chr_position nor rsID")]
    [InlineData("rsID\teffect_allele\teffect_weight\n", "has no variant")]
    [InlineData("rsID\teffect_allele\teffect_weight\nrs1\tA\n", "line 2 has 2 cells")]
    [InlineData("rsID\teffect_allele\teffect_weight\nrs1\tA\tx\n", "line 2 has no number")]
    [InlineData("rsID\teffect_allele\teffect_weight\nrs1\tA\tNaN\n", "line 2 has no number")]
    [InlineData("rsID\teffect_allele\teffect_weight\nrs1\tHLA-B*57\t1\n", "something other than A, C, G and T in effect_allele")]
    [InlineData("rsID\teffect_allele\teffect_weight\nrs1\tA\t1\nrs1\tA\t2\n", "line 3 repeats a variant")]
    [InlineData("rsID\tchr_name\tchr_position\teffect_allele\teffect_weight\nrs1\t1\t-5\tA\t1\n", "no whole number from 1 in chr_position")]
    [InlineData("rsID\teffect_allele\teffect_weight\nNA\tA\t1\n", "neither a position nor an identifier")]
    [InlineData("rsID\teffect_allele\teffect_weight\tis_interaction\nrs1\tA\t1\tTrue\n", "is marked is_interaction")]
    [InlineData("rsID\teffect_allele\teffect_weight\tdosage_2_weight\nrs1\tA\t1\t2\n", "has a column dosage_2_weight")]
    [InlineData("#genome_build=NCBI36\nrsID\teffect_allele\teffect_weight\nrs1\tA\t1\n", "is for a build other than")]
    [InlineData("#variants_number=3\nrsID\teffect_allele\teffect_weight\nrs1\tA\t1\n", "says that it has 3 variants and has 1")]
    public void Read_WhatCannotBeAddedUp_IsRefused(string text, string expected)
    {
        var refusal = Assert.Throws<DataException>(() => Read(text));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Of_OtherBuildOrNothingInCommon_IsRefused()
    {
        var score = Read(Header + Columns + "rs1\t1\t100\tG\tA\t0.5\n");
        Assert.Contains("GRCh38", Assert.Throws<DataException>(() => Match(score, build: GenomeBuild.GRCh38)).Message, StringComparison.Ordinal);
        Assert.Contains("no variant in common", Assert.Throws<DataException>(() => Match(Read(Header + Columns + "rs9\t9\t1\tG\tA\t1\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MutatedFiles_NeverCrash()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Header + Columns + string.Concat(Enumerable.Range(1, 20).Select(i => $"rs{i}\t{i}\t{i * 10}\tG\tA\t0.{i}\n")));
        byte[] packed = Packed.Gzip(whole);
        int refused = 0;
        for (int round = 0; round < 1000; round++)
        {
            var random = new Philox(17, RandomPurpose.Search, (ulong)round);
            byte[] bytes = [.. round % 4 == 0 ? packed : whole];
            for (ulong change = 0; change <= (ulong)(round % 5); change++)
            {
                bytes[random.Below(bytes.Length, 2 * change)] = (byte)random.Below(256, (2 * change) + 1);
            }

            try
            {
                using var file = GeneFile.Open(new MemoryStream(round % 7 == 0 ? bytes[..random.Below(bytes.Length, 99)] : bytes), "score.txt");
                Assert.NotEmpty(PolygenicScore.Read(file).Variants);
            }
            catch (DataException refusal)
            {
                refused++;
                Assert.StartsWith("score.txt:", refusal.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 300, 1000);
    }

    private static PolygenicScore Read(string text)
    {
        using var file = GeneFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "score.txt");
        return PolygenicScore.Read(file);
    }

    private static PolygenicScoreMatch Match(PolygenicScore score, bool keepAmbiguous = false, GenomeBuild build = GenomeBuild.GRCh37) =>
        PolygenicScoreMatch.Of(score, [.. Variants], [.. Enumerable.Range(0, Variants.Length).Select(i => $"rs{i}")], build, keepAmbiguous);
}
