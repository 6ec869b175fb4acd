using MedTune.Data.Genes;
using MedTune.Modalities.Genes;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Modalities.Genes;

public sealed class DnaNetworkCandidateTests
{
    private static readonly DnaNetworkCandidate Small = new(null, recipe => recipe with { Width = 16, Epochs = 3, Batch = 16, Blocks = 2, Places = 4 });

    [Fact]
    public void Fit_AnyThreads_GivesTheSameBits()
    {
        var data = MadeSequences.Data(60, 24, classes: 3);
        string[] digests = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            using var pool = new TaskPool(threads);
            return KmerCandidateTests.Digest(Small.Fit(MadeSequences.Task(data, pool), new FitProgressFile(null, "")));
        })];
        Assert.Single(digests.Distinct());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Fit_KilledAndGoneOn_EndsWithTheSameBits(int epochs)
    {
        using var folder = new House.TemporaryFolder();
        var data = MadeSequences.Data(60, 24);
        string expected = KmerCandidateTests.Digest(Small.Fit(MadeSequences.Task(data), new FitProgressFile(null, "")));
        using var stop = new CancellationTokenSource();
        int seen = 0;
        var task = MadeSequences.Task(data, cancellation: stop.Token) with { Progress = new Reported(_ => { if (++seen == epochs) { stop.Cancel(); } }) };
        Assert.Throws<OperationCanceledException>(() => Small.Fit(task, new FitProgressFile(folder.Path, "fit")));
        var epochsAgain = new List<TrainingProgress>();
        var again = Small.Fit(MadeSequences.Task(data) with { Progress = new Reported(epochsAgain.Add) }, new FitProgressFile(folder.Path, "fit"));
        Assert.Equal(9 - epochs, epochsAgain.Count);
        Assert.Equal(expected, KmerCandidateTests.Digest(again));
    }

    [Fact]
    public void Build_BothStrands_AnswersTheSameBitsForTheReverseComplement()
    {
        var data = MadeSequences.Data(40, 25, isAligned: false, differsInLength: true);
        var turned = new GeneData
        {
            Input = data.Input,
            ClassNames = data.ClassNames,
            Classes = data.Classes,
            Groups = data.Groups,
            Sequences = [.. data.Sequences.Select(Nucleotides.ReverseComplement)],
            Length = data.Length,
        };
        foreach (bool bothStrands in new[] { true, false })
        {
            var candidate = new DnaNetworkCandidate(null, recipe => recipe with { Width = 16, Epochs = 2, Batch = 16, Blocks = 1, Places = 4, BothStrands = bothStrands });
            var fit = candidate.Build(data, candidate.Fit(MadeSequences.Task(data), new FitProgressFile(null, "")));
            float[] one = MadeSequences.Margins(data, fit), other = MadeSequences.Margins(turned, fit);
            Assert.Equal(bothStrands, one.SequenceEqual(other));
        }
    }

    [Fact]
    public void Fit_LabelsOfAFoldTurned_ItsOwnMarginsStay()
    {
        var data = MadeSequences.Data(60, 24);
        var task = MadeSequences.Task(data);
        var candidate = new DnaNetworkCandidate(null, _ => new DnaRecipe { Width = 16, Epochs = 2, Batch = 16, Blocks = 1, Places = 4 });
        float[] before = candidate.Build(data, candidate.Fit(task, new FitProgressFile(null, ""))).OutOfFold;
        int[] held = task.Inner.TestRows(1);
        var lied = new GeneData
        {
            Input = data.Input,
            ClassNames = data.ClassNames,
            Classes = [.. data.Classes.Select((label, row) => held.Contains(row) ? 1 - label : label)],
            Groups = data.Groups,
            Sequences = data.Sequences,
            Length = data.Length,
        };
        float[] after = candidate.Build(lied, candidate.Fit(task with { Data = lied }, new FitProgressFile(null, ""))).OutOfFold;
        Assert.All(held, row => Assert.Equal(before[row], after[row]));
        Assert.Contains(Enumerable.Range(0, data.Rows).Except(held), row => before[row] != after[row]);
    }

    [Fact]
    public void Fit_Motif_JudgesRowsItHasNotSeen()
    {
        var data = MadeSequences.Data(300, 40);
        var candidate = new DnaNetworkCandidate(null, recipe => recipe with { Width = 16, Epochs = 12, Batch = 16, Blocks = 1, Places = 8 });
        float[] margins = candidate.Build(data, candidate.Fit(MadeSequences.Task(data), new FitProgressFile(null, ""))).OutOfFold;
        Assert.InRange(Enumerable.Range(0, data.Rows).Count(row => margins[row] > 0 == (data.Classes[row] == 1)) / (double)data.Rows, 0.9, 1);
    }

    [Fact]
    public void Write_Augmentation_DependsOnSeedEpochAndSampleAlone()
    {
        var augmentation = new DnaAugmentation(3, 0.2, true);
        var tokens = new long[40];
        SequenceTokens.Write("ACGTACGTTTGACCAGATNACGATTAGACC", tokens);
        long[] Changed(ulong seed, int epoch, int sample)
        {
            var changed = new long[tokens.Length];
            augmentation.Write(tokens, changed, seed, epoch, sample);
            return changed;
        }

        Assert.Equal(Changed(1, 2, 3), Changed(1, 2, 3));
        Assert.Equal(4, new[] { Changed(1, 2, 3), Changed(2, 2, 3), Changed(1, 3, 3), Changed(1, 2, 4) }.Select(one => string.Join(' ', one)).Distinct().Count());
        Assert.All(Enumerable.Range(0, 50), sample =>
        {
            long[] changed = Changed(1, 0, sample);
            Assert.All(changed[30..], letter => Assert.Equal(SequenceTokens.Padding, letter));
            Assert.All(changed[..30], letter => Assert.InRange(letter, 0, SequenceTokens.Other));
        });
        var still = new long[tokens.Length];
        new DnaAugmentation(0, 0, false).Write(tokens, still, 1, 2, 3);
        Assert.Equal(tokens, still);
    }

    private sealed class Reported(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
