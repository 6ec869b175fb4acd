using System.Text.Json;
using MedTune.Data.Genes;
using MedTune.Modalities.Genes;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Modalities.Genes;

public sealed class KmerCandidateTests
{
    [Fact]
    public void SparseLogistic_OnWords_AgreesWithScikitLearn()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(House.Repository.Root, "tests/TestData/Training/Kmers/golden.json")));
        var root = golden.RootElement;
        var data = DataOf([.. root.GetProperty("sequences").EnumerateArray().Select(text => text.GetString()!)], [.. root.GetProperty("classes").EnumerateArray().Select(label => label.GetInt32())]);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        var space = KmerCandidate.SpaceOf(bothStrands: false);
        var counts = KmerCandidate.CountsOf(new SequenceRows(data), space, null);
        var scaled = counts.OfUnitLength(KmerCandidate.RarityOf(counts, rows));
        var first = scaled.Columns(0).ToArray().Zip(scaled.Values(0).ToArray()).ToDictionary(pair => space.NameOf(pair.First), pair => pair.Second);
        Assert.Equal(root.GetProperty("first").EnumerateObject().Count(), first.Count);
        foreach (var word in root.GetProperty("first").EnumerateObject())
        {
            Assert.Equal(word.Value.GetDouble(), first[word.Name], 1e-6);
        }

        foreach (var (name, penalty) in new[] { ("1", 1.0), ("10", 0.1) })
        {
            var solver = new SparseLogistic(scaled, rows, data.Classes, 2, TaskPool.Sequential);
            Assert.True(solver.Minimize(penalty, new LbfgsOptions()).Converged);
            double[] expected = [.. root.GetProperty("margins").GetProperty(name).EnumerateArray().Select(margin => margin.GetDouble())];
            for (int row = 0; row < expected.Length; row++)
            {
                var margin = new float[1];
                solver.Score(scaled, row, margin);
                Assert.Equal(expected[row], margin[0], 2e-4);
            }
        }
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Build_Graph_AnswersWhatWordsCountedOneByOneSay(int classes, bool differsInLength)
    {
        var data = MadeSequences.Data(90, 30, classes, isAligned: false, differsInLength);
        var record = new KmerCandidate().Fit(MadeSequences.Task(data), new FitProgressFile(null, ""));
        var fit = new KmerCandidate().Build(data, record);
        bool bothStrands = fit.Setting.Contains("both strands", StringComparison.Ordinal);
        float[] margins = MadeSequences.Margins(data, fit);
        float[] weights = record.PackedFloats("weights", 5440 * data.Margins), rarity = record.PackedFloats("rarity", 5440), intercepts = record.Floats("intercepts");
        for (int row = 0; row < data.Rows; row++)
        {
            var expected = Direct(data.Sequences[row], bothStrands, weights, rarity, intercepts);
            for (int k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k], margins[(row * data.Margins) + k], 1e-4);
            }
        }
    }

    [Fact]
    public void Fit_AnyThreads_GivesTheSameBits()
    {
        var data = MadeSequences.Data(600, 24, isAligned: false);
        string[] digests = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            using var pool = new TaskPool(threads);
            return Digest(new KmerCandidate().Fit(MadeSequences.Task(data, pool), new FitProgressFile(null, "")));
        })];
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void Fit_MotifAnywhere_FindsItsWordsAndJudgesRowsItHasNotSeen()
    {
        var data = MadeSequences.Data(240, 40, isAligned: false);
        var record = new KmerCandidate().Fit(MadeSequences.Task(data), new FitProgressFile(null, ""));
        var fit = new KmerCandidate().Build(data, record);
        int right = Enumerable.Range(0, data.Rows).Count(row => fit.OutOfFold[row] > 0 == (data.Classes[row] == 1));
        Assert.InRange((double)right / data.Rows, 0.85, 1);
        var top = KmerCandidate.TopWords(data, record, 5);
        Assert.Equal(5, top.Length);
        Assert.All(top, word => Assert.True(
            word.Weight > 0 && (MadeSequences.Motif.Contains(word.Word, StringComparison.Ordinal) || (word.BothStrands && MadeSequences.Motif.Contains(Nucleotides.ReverseComplement(word.Word), StringComparison.Ordinal))),
            $"{word} is no part of the motif"));
    }

    internal static string Digest(FitRecord record)
    {
        using var memory = new MemoryStream();
        record.Write(new BinaryWriter(memory));
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(memory.ToArray()));
    }

    private static GeneData DataOf(string[] letters, int[] classes) => new()
    {
        Input = GeneForm.Sequence,
        ClassNames = ["no", "yes"],
        Classes = [.. classes],
        Groups = [.. Enumerable.Range(0, classes.Length)],
        Sequences = [.. letters],
        Length = letters.Max(text => text.Length),
    };

    private static double[] Direct(string letters, bool bothStrands, float[] weights, float[] rarity, float[] intercepts)
    {
        var counts = new Dictionary<int, int>();
        foreach (int length in new[] { 3, 4, 5, 6 })
        {
            int offset = Enumerable.Range(3, length - 3).Sum(shorter => (int)Math.Pow(4, shorter));
            for (int at = 0; at + length <= letters.Length; at++)
            {
                string word = letters.Substring(at, length);
                if (word.All("ACGT".Contains))
                {
                    string other = Nucleotides.ReverseComplement(word);
                    string counted = bothStrands && string.CompareOrdinal(other, word) < 0 ? other : word;
                    int number = offset + counted.Aggregate(0, (sum, letter) => (4 * sum) + "ACGT".IndexOf(letter, StringComparison.Ordinal));
                    counts[number] = counts.GetValueOrDefault(number) + 1;
                }
            }
        }

        double norm = Math.Sqrt(counts.Sum(pair => pair.Value * (double)rarity[pair.Key] * rarity[pair.Key]));
        return [.. intercepts.Select((intercept, k) => intercept + counts.Sum(pair => Math.Sqrt(pair.Value) * rarity[pair.Key] / norm * weights[(pair.Key * intercepts.Length) + k]))];
    }
}
