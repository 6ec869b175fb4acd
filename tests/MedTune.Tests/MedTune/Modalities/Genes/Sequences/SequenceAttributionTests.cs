using MedTune.Modalities.Genes;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Modalities.Genes;

public sealed class SequenceAttributionTests
{
    [Fact]
    public void Mutagenesis_OfALinearModel_IsTheDifferenceOfMarginsAndFindsTheMotif()
    {
        var data = MadeSequences.Data(300, 24);
        var fit = new OneHotCandidate().Build(data, new OneHotCandidate().Fit(MadeSequences.Task(data), new FitProgressFile(null, "")));
        string letters = data.Sequences[1];
        var map = SequenceAttribution.Mutagenesis(fit.Graph, letters, 0, TaskPool.Sequential, default);
        for (int place = 0; place < letters.Length; place++)
        {
            for (int letter = 0; letter < 4; letter++)
            {
                string changed = string.Concat(letters.AsSpan(0, place), "ACGT"[letter].ToString(), letters.AsSpan(place + 1));
                float expected = SequenceScorer.Score(fit.Graph, new SequenceRows([changed], data.Length), [0], TaskPool.Sequential, default)[0];
                Assert.Equal(expected - map.Reference, map.At(place, letter), 1e-5f);
            }
        }

        int[] heaviest = [.. Enumerable.Range(0, letters.Length).OrderByDescending(map.WeightOf).Take(6)];
        Assert.All(heaviest, place => Assert.InRange(place, 4, 4 + MadeSequences.Motif.Length - 1));
    }

    [Fact]
    public void Motifs_OfANetwork_HoldWhatTellsTheClasses()
    {
        var data = MadeSequences.Data(240, 30, isAligned: false);
        var candidate = new DnaNetworkCandidate(null, recipe => recipe with { Width = 16, Epochs = 12, Batch = 16, Blocks = 1, Places = 4, BothStrands = false });
        var fit = candidate.Build(data, candidate.Fit(MadeSequences.Task(data), new FitProgressFile(null, "")));
        var motifs = SequenceAttribution.Motifs(fit.Graph, new SequenceRows(data), MadeSequences.Margins(data, fit), 5);
        Assert.Equal(5, motifs.Length);
        Assert.Contains(motifs, motif => motif.Correlation > 0.4 && Shares(motif.Consensus, MadeSequences.Motif) >= 5);
        Assert.All(motifs, motif => Assert.All(Enumerable.Range(0, motif.Length), place =>
        {
            Assert.Equal(1, motif.Shares.AsSpan(place * 4, 4).ToArray().Sum(), 1e-9);
            Assert.InRange(motif.BitsOf(place), 0, 2);
        }));
    }

    /// <summary>Letters that agree at the best offset.</summary>
    private static int Shares(string consensus, string motif) => Enumerable.Range(-motif.Length, motif.Length + consensus.Length).Max(offset =>
        Enumerable.Range(0, motif.Length).Count(i => offset + i >= 0 && offset + i < consensus.Length && consensus[offset + i] == motif[i]));
}
