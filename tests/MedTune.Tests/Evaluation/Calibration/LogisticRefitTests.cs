using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

public sealed class LogisticRefitTests
{
    [Fact]
    public void Slope_LogitsScaledAndShifted_UndoesBoth()
    {
        BinaryPredictions plain = Golden.Binary();
        LogisticFit fit = Fit(plain.Probabilities, plain.Targets);
        double[] moved = [.. plain.Probabilities.Select(p => DoubleMath.Sigmoid(0.7 + (2 * BinarySample.Logit(p))))];
        LogisticFit other = Fit(moved, plain.Targets);
        Golden.Near(fit.Slope / 2, other.Slope, 1e-8);
        Golden.Near(fit.Intercept - (0.7 * fit.Slope / 2), other.Intercept, 1e-8);
    }

    /// <summary>At the maximum the residuals and the residuals times the log-odds sum to 0.</summary>
    [Fact]
    public void Slope_Scores_AreZero()
    {
        BinarySample rows = BinarySample.Of(Golden.Binary(), [0.5]);
        double first = 0;
        double second = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double residual = rows.Targets[i] - DoubleMath.Sigmoid(rows.SlopeFit.Intercept + (rows.SlopeFit.Slope * rows.Logits[i]));
            first += residual;
            second += residual * rows.Logits[i];
        }
        Assert.Equal(0, first, 9);
        Assert.Equal(0, second, 9);
    }

    [Fact]
    public void Slope_WeightsOfTwo_AreRowsTwice()
    {
        BinaryPredictions one = Golden.Binary();
        BinarySample rows = BinarySample.Of(one, [0.5]);
        int[] weights = [.. Enumerable.Range(0, rows.Count).Select(i => i % 3)];
        LogisticFit weighted = LogisticRefit.Slope(rows.Logits, rows.Targets, weights);
        double[] logits = [.. Enumerable.Range(0, rows.Count).SelectMany(i => Enumerable.Repeat(rows.Logits[i], weights[i]))];
        int[] targets = [.. Enumerable.Range(0, rows.Count).SelectMany(i => Enumerable.Repeat(rows.Targets[i], weights[i]))];
        LogisticFit repeated = LogisticRefit.Slope(logits, targets, []);
        double intercept = LogisticRefit.Intercept(logits, targets, []).Intercept;
        Golden.Near(repeated.Slope, weighted.Slope);
        Golden.Near(repeated.Intercept, weighted.Intercept);
        Golden.Near(intercept, LogisticRefit.Intercept(rows.Logits, rows.Targets, weights).Intercept);

        // The quick refit of a resample is off by about the square of its last step, 1e-4 at most: the standard errors are 0.1 and more.
        Golden.Near(repeated.Slope, LogisticRefit.ResampledSlope(rows.Logits, rows.Targets, weights, rows.SlopeStart), 1e-4);
        Golden.Near(intercept, LogisticRefit.ResampledIntercept(rows.Logits, rows.Targets, weights, rows.InterceptStart), 1e-4);
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.2, 0.8, 0.9 }, new[] { 0, 0, 1, 1 }, "separate")]
    [InlineData(new[] { 0.1, 0.2, 0.2, 0.9 }, new[] { 0, 0, 1, 1 }, "separate")]
    [InlineData(new[] { 0.1, 0.2, 0.8, 0.9 }, new[] { 1, 1, 0, 0 }, "separate")]
    [InlineData(new[] { 0.3, 0.3, 0.3 }, new[] { 0, 1, 1 }, "equal")]
    [InlineData(new[] { 0.3, 0.4, 0.5 }, new[] { 1, 1, 1 }, "one class")]
    public void Slope_WithoutFiniteAnswer_SaysWhy(double[] probabilities, int[] targets, string words) =>
        Assert.Contains(words, Fit(probabilities, targets).Problem, StringComparison.Ordinal);

    /// <summary>Probabilities of exactly 0 and 1 put log-odds of ±36 among ordinary ones; the fit must still arrive.</summary>
    [Fact]
    public void Slope_CertainAndWrongRows_StillConverges()
    {
        double[] probabilities = [0, 0, 1, 1, 0.2, 0.4, 0.6, 0.7, 0.5, 0.1];
        int[] targets = [0, 1, 1, 0, 0, 1, 1, 0, 0, 1];
        LogisticFit fit = Fit(probabilities, targets);
        Assert.Null(fit.Problem);
        Assert.InRange(fit.Slope, -0.2, 0.2);
        Assert.Null(BinarySample.Of(new BinaryPredictions(probabilities, targets), [0.5]).InterceptFit.Problem);
    }

    private static LogisticFit Fit(double[] probabilities, int[] targets) =>
        BinarySample.Of(new BinaryPredictions(probabilities, targets), [0.5]).SlopeFit;
}
