using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

/// <summary>Made-up trials and orders of rows, by seed.</summary>
internal static class TreatmentProperties
{
    /// <summary>All rows in random order.</summary>
    public static int[] Order(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Philox(5, RandomPurpose.Shuffling, 1).Shuffle(order);
        return order;
    }

    /// <summary>
    /// A trial of known shares with an effect that rises with a covariate: the predictions carry an expected outcome that is somewhat wrong, as models' are.
    /// </summary>
    /// <param name="seed">Of the trial.</param>
    /// <param name="count">Rows.</param>
    /// <param name="slope">How fast the effect rises with the covariate.</param>
    public static (TreatmentPredictions Rows, double[] Covariate) Trial(ulong seed, int count, double slope)
    {
        Philox numbers = new(seed, RandomPurpose.Split, 0);
        Philox noise = new(seed, RandomPurpose.Split, 1);
        Philox draws = new(seed, RandomPurpose.Split, 2);
        double[] x = [.. Enumerable.Range(0, count).Select(row => numbers.Normal((ulong)row))];
        int[] arms = [.. Enumerable.Range(0, count).Select(row => draws.UniformDouble((ulong)row) < 0.4 ? 1 : 0)];
        double[] outcomes = [.. x.Select((value, row) => value + (arms[row] * (0.3 + (slope * value))) + noise.Normal((ulong)row))];
        return (
            new TreatmentPredictions(
                outcomes, arms, [.. x.SelectMany(_ => new[] { 0.6, 0.4 })], [.. x.SelectMany(value => new[] { 0.8 * value, 0.2 + (0.9 * value) })], ["control", "drug"]),
            x);
    }
}
