namespace MedTune.Evaluation;

/// <summary>DeLong's test of two areas under the ROC curve on the same rows.</summary>
/// <remarks>DeLong ER, DeLong DM, Clarke-Pearson DL, Biometrics 1988;44:837-845. Rows are taken as independent: with repeated patients use <see cref="PairedComparison"/>.</remarks>
/// <param name="FirstAuroc">Area of the first model; NaN when a class is missing.</param>
/// <param name="SecondAuroc">Area of the second model; NaN when a class is missing.</param>
/// <param name="Difference">Second minus first, with a normal interval.</param>
/// <param name="Z">The difference over its standard error; NaN when that is unknown, 0 when the two models order the rows alike.</param>
/// <param name="PValue">Two-sided; NaN when <paramref name="Z"/> is.</param>
public sealed record DeLongTest(double FirstAuroc, double SecondAuroc, Estimate Difference, double Z, double PValue)
{
    /// <summary>Compares two models.</summary>
    /// <param name="first">Probabilities (any scores) of the first model, one per row.</param>
    /// <param name="second">Probabilities of the second model for the same rows.</param>
    /// <param name="targets">0 or 1, one per row.</param>
    /// <param name="confidence">Level of the interval, default 0.95.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated, or the two differ in length.</exception>
    public static DeLongTest Compare(double[] first, double[] second, int[] targets, double confidence = 0.95)
    {
        new BinaryPredictions(first, targets).Check();
        new BinaryPredictions(second, targets).Check();
        EvaluationOptions options = new() { Confidence = confidence };
        options.Check();

        double[] firstComponents = DeLong.ComponentsByRow(first, targets, out double firstArea);
        double[] secondComponents = DeLong.ComponentsByRow(second, targets, out double secondArea);
        if (double.IsNaN(firstArea))
        {
            return new DeLongTest(double.NaN, double.NaN, Estimate.Undefined("undefined: only one class occurs"), double.NaN, double.NaN);
        }

        // The variance of the difference is that of the components' differences: no cancellation between three covariances.
        double difference = secondArea - firstArea;
        double[] differences = new double[targets.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = secondComponents[i] - firstComponents[i];
        }
        double variance = DeLong.Covariance(differences, difference, differences, difference, targets);
        if (double.IsNaN(variance))
        {
            Estimate unsure = Estimate.WithoutInterval(difference, "no interval: it needs two rows of each class");
            return new DeLongTest(firstArea, secondArea, unsure, double.NaN, double.NaN);
        }
        if (variance <= 1e-24)
        {
            // Equal order of the rows, or two models that are each perfect or perfectly wrong.
            bool alike = Math.Abs(difference) < 1e-12;
            Estimate exact = Estimate.WithoutInterval(difference, "no interval: DeLong's variance of the difference is 0");
            return new DeLongTest(firstArea, secondArea, exact, alike ? 0 : double.NaN, alike ? 1 : double.NaN);
        }
        double error = Math.Sqrt(variance);
        double half = options.NormalQuantile * error;
        double z = difference / error;
        Estimate estimate = new(difference, difference - half, difference + half, $"{options.Percent} interval, paired DeLong variance");
        return new DeLongTest(firstArea, secondArea, estimate, z, NormalDistribution.TwoSidedP(z));
    }
}
