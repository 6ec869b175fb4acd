using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class BootstrapTests
{
    [Fact]
    public void Draw_AnyResample_DrawsAsManyAsThereAre()
    {
        int[] counts = new int[50];
        int[] again = new int[50];
        Bootstrap.Draw(3, 7, counts);
        Bootstrap.Draw(3, 7, again);
        Assert.Equal(50, counts.Sum());
        Assert.Equal(counts, again);
        Bootstrap.Draw(3, 8, again);
        Assert.NotEqual(counts, again);
    }

    /// <summary>The bootstrap of a mean has the standard error of the mean: sd of 0..99 over 10.</summary>
    [Fact]
    public void Replicates_OfAMean_HaveItsStandardError()
    {
        double[] replicates = Bootstrap.Replicates(1, 100, 2000, 1, (counts, figures) =>
        {
            double sum = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                sum += counts[i] * i;
            }
            figures[0] = sum / 100;
        })[0];
        Assert.InRange(replicates.Average(), 49.5 - 0.3, 49.5 + 0.3);
        double mean = replicates.Average();
        double error = Math.Sqrt(replicates.Sum(r => (r - mean) * (r - mean)) / replicates.Length);
        Assert.InRange(error, 2.887 * 0.95, 2.887 * 1.05);
    }

    /// <summary>numpy.quantile's default on five numbers.</summary>
    [Fact]
    public void Quantile_LinearInterpolation_Agrees()
    {
        double[] sorted = [1, 2, 4, 8, 16];
        Assert.Equal(1.1, Bootstrap.Quantile(sorted, 0.025), 12);
        Assert.Equal(15.2, Bootstrap.Quantile(sorted, 0.975), 12);
        Assert.Equal(4, Bootstrap.Quantile(sorted, 0.5));
    }

    [Fact]
    public void Percentile_UndefinedResamples_AreCountedOrEndTheInterval()
    {
        double[] few = [.. Enumerable.Range(0, 95).Select(i => (double)i), .. Enumerable.Repeat(double.NaN, 5)];
        Assert.Contains("100 resamples, 5 of them undefined and left out", Bootstrap.Percentile(few, false, EvaluationOptions.Default)!.Value.Method, StringComparison.Ordinal);
        double[] many = [.. Enumerable.Range(0, 85).Select(i => (double)i), .. Enumerable.Repeat(double.NaN, 15)];
        Interval none = Bootstrap.Percentile(many, false, EvaluationOptions.Default)!.Value;
        Assert.True(double.IsNaN(none.Low));
        Assert.Contains("undefined in 15 of 100", none.Method, StringComparison.Ordinal);
        Assert.Null(Bootstrap.Percentile([1, 1, 1], false, EvaluationOptions.Default));
    }
}
