using MedTune.Modalities.Genes;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Modalities.Genes;

public sealed class OneHotCandidateTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Build_Graph_AnswersTheSumOfTheWeightsOfItsWords(int classes)
    {
        var data = MadeSequences.Data(120, 20, classes);
        var record = new OneHotCandidate().Fit(MadeSequences.Task(data), new FitProgressFile(null, ""));
        var fit = new OneHotCandidate().Build(data, record);
        int longest = fit.Setting.StartsWith("single", StringComparison.Ordinal) ? 1 : 3;
        int words = longest == 1 ? 4 : 4 + 16 + 64;
        float[] weights = record.PackedFloats("weights", data.Length * words * data.Margins), intercepts = record.Floats("intercepts");
        float[] margins = MadeSequences.Margins(data, fit);
        for (int row = 0; row < data.Rows; row++)
        {
            for (int k = 0; k < data.Margins; k++)
            {
                Assert.Equal(Direct(data.Sequences[row], longest, words, weights, intercepts, k), margins[(row * data.Margins) + k], 1e-4);
            }
        }
    }

    [Fact]
    public void Fit_AlignedMotif_JudgesRowsItHasNotSeen_WithTheSameBitsForAnyThreads()
    {
        var data = MadeSequences.Data(600, 20);
        var fits = new[] { 1, 2, 4 }.Select(threads =>
        {
            using var pool = new TaskPool(threads);
            return new OneHotCandidate().Fit(MadeSequences.Task(data, pool), new FitProgressFile(null, ""));
        }).ToArray();
        Assert.Single(fits.Select(KmerCandidateTests.Digest).Distinct());
        float[] margins = new OneHotCandidate().Build(data, fits[0]).OutOfFold;
        Assert.InRange(Enumerable.Range(0, data.Rows).Count(row => margins[row] > 0 == (data.Classes[row] == 1)) / (double)data.Rows, 0.98, 1);
    }

    [Fact]
    public void Fit_SeveralLengths_IsLeftOutWithAReason()
    {
        var data = MadeSequences.Data(30, 20, differsInLength: true);
        var fit = new OneHotCandidate().Build(data, new OneHotCandidate().Fit(MadeSequences.Task(data), new FitProgressFile(null, "")));
        Assert.StartsWith("left out", fit.Setting, StringComparison.Ordinal);
        Assert.All(MadeSequences.Margins(data, fit), margin => Assert.Equal(0, margin));
        Assert.All(fit.OutOfFold, margin => Assert.Equal(0, margin));
    }

    private static double Direct(string letters, int longest, int words, float[] weights, float[] intercepts, int margin)
    {
        double sum = intercepts[margin];
        for (int place = 0; place < letters.Length; place++)
        {
            for (int length = 1; length <= longest && place + length <= letters.Length; length++)
            {
                string word = letters.Substring(place, length);
                if (word.All("ACGT".Contains))
                {
                    int offset = length switch { 1 => 0, 2 => 4, _ => 20 };
                    int number = offset + word.Aggregate(0, (before, letter) => (4 * before) + "ACGT".IndexOf(letter, StringComparison.Ordinal));
                    sum += weights[(((place * words) + number) * intercepts.Length) + margin];
                }
            }
        }

        return sum;
    }
}
