using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Genes;

public sealed class SequenceInspectionTests(ITestOutputHelper output)
{
    [Fact]
    public void Run_CopiesStrandsAndWindows_AreGrouped()
    {
        string first = Random(1, 200);
        string second = Random(2, 200);
        char[] changed = first.ToCharArray();
        changed[100] = changed[100] == 'A' ? 'C' : 'A';
        var set = Set(
            (first, 0), (second, 1), (first, 1), (Nucleotides.ReverseComplement(second), 0), (new string(changed), 0), (Random(3, 200), 1),
            (second[60..] + Random(4, 60), 1), (Nucleotides.ReverseComplement(first[30..]), 0), ("ACGT", 0), ("ACGT", 0), (new string('N', 200), 1));
        var seen = SequenceInspection.Run(set);
        Assert.Equal<int>([0, 1, 0, 1, 0, 2, 1, 0, 3, 3, 4], seen.Groups);
        Assert.Equal([(0, 2, false), (1, 3, true), (8, 9, false)], seen.Pairs.Where(pair => pair.IsExact).Select(pair => (pair.First, pair.Second, pair.IsReverse)));
        Assert.All(seen.Pairs.Where(pair => !pair.IsExact), pair => Assert.InRange(pair.Sharing, 0.3, 0.999));
        Assert.Equal((3, 1), (Count(seen, GeneFindingCodes.SameSequences), Count(seen, GeneFindingCodes.ContradictingSequences)));
    }

    [Fact]
    public void Run_UnrelatedSequences_StandAlone()
    {
        var set = Set([.. Enumerable.Range(0, 400).Select(i => (Random((ulong)(100 + i), 150), i % 2))]);
        var seen = SequenceInspection.Run(set);
        Assert.Empty(seen.Pairs);
        Assert.Equal(400, seen.Groups.Distinct().Count());
        Assert.InRange(seen.Floors.GcAuroc, 0.5, 0.6);
        Assert.Equal((0.5, 0.5), (seen.Floors.MajorityShare, seen.Floors.LengthAuroc));
    }

    [Fact]
    public void Of_Kmers_AreTheSameOnBothStrands()
    {
        string letters = Random(5, 300);
        Assert.Equal(KmerSet.Of(letters, 11), KmerSet.Of(Nucleotides.ReverseComplement(letters), 11));
        Assert.Equal([0b00_01_10_11u], KmerSet.Of("ACGT", 4)); // its own reverse complement
        Assert.Equal(2, KmerSet.Of("ACGTANACGTA", 5).Length + KmerSet.Of("ACGTANTACGT", 5).Length);
        uint[] one = KmerSet.Of(letters, 12);
        uint[] other = KmerSet.Of(letters[100..] + Random(6, 100), 12);
        double estimate = KmerSet.Sketch(one).Zip(KmerSet.Sketch(other)).Count(pair => pair.First == pair.Second) / (double)KmerSet.SketchLength;
        Assert.InRange(estimate - KmerSet.Sharing(one, other), -0.2, 0.2); // three standard errors of 64 hashes
        Assert.InRange(KmerSet.Sharing(one, other), 189.0 / 389, 189.0 / 389);
    }

    [Fact]
    public void Mean_OfRanks_IsTheShareOfPairs()
    {
        // Of the 6 pairs of (positive, negative) 4 are in order and one is a tie.
        Assert.Equal(4.5 / 6, RankAuroc.Mean([1, 3, 2, 3, 5], [0, 0, 1, 1, 1], 2), 12);
        Assert.Equal(1, RankAuroc.Mean([1, 2, 3, 3], [1, 1, 0, 0], 2), 12);
    }

    [Theory]
    [InlineData("seq_splice_uci/data.csv", 185, 1, 0.5, 0)]
    [InlineData("seq_promoters_human_tata/data.csv", 22, 0, 0.933, 0)]
    [InlineData("seq_promoters_human_tata/leaky_raw_lengths.csv", 22, 0, 0.9, 1)]
    public void Run_SharedSets_FindTheirTraps(string file, int repeats, int contradictions, double gc, int stops)
    {
        if (SharedGenes.Find(file) is not { } path)
        {
            output.WriteLine("Left out: the shared gene files are not here.");
            return;
        }

        var seen = SequenceInspection.Run(SequenceSet.Open([path]));
        output.WriteLine(string.Join(Environment.NewLine, seen.Findings.Select(finding => finding.Message)) + Environment.NewLine + seen.Floors);
        Assert.Equal((repeats, contradictions), (seen.Pairs.Count(pair => pair.IsExact && !pair.IsReverse), Count(seen, GeneFindingCodes.ContradictingSequences)));
        Assert.Equal(stops, seen.Findings.Count(finding => finding.Severity == FindingSeverity.Stop));
        if (gc == 0.933)
        {
            Assert.Equal(gc, seen.Floors.GcAuroc, 3); // the figure that the shared folder states
        }
    }

    private static int Count(SequenceInspection seen, string code) => seen.Findings.SingleOrDefault(finding => finding.Code == code)?.Count ?? 0;

    private static string Random(ulong seed, int length)
    {
        var random = new Philox(seed, RandomPurpose.Search, 9);
        return string.Concat(Enumerable.Range(0, length).Select(i => "ACGT"[random.Below(4, (ulong)i)]));
    }

    private static SequenceSet Set(params (string Letters, int Label)[] samples) =>
        new(["a", "b"], "label", [.. samples.Select(sample => new SequenceSample("", sample.Letters, sample.Label))], []);
}
