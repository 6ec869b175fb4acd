namespace MedTune.Evaluation;

/// <summary>How well predicted effects match known ones: only for made-up data, where each row's effect is known.</summary>
/// <param name="Pehe">Root of the mean squared error of the effect (Hill, J Comput Graph Stat 2011;20:217-240).</param>
/// <param name="AverageError">The mean predicted effect minus the mean true one.</param>
/// <param name="WrongSign">The share of rows where treating by the prediction (above 0) differs from treating by the truth.</param>
/// <param name="Regret">How much the mean outcome falls short of treating by the truth; 0 or more.</param>
public readonly record struct KnownEffects(double Pehe, double AverageError, double WrongSign, double Regret)
{
    /// <summary>The figures of some rows.</summary>
    /// <param name="predictedEffects">One per row, finite.</param>
    /// <param name="trueEffects">One per row, finite.</param>
    /// <exception cref="InvalidPredictionsException">No rows, or not one finite number per row each.</exception>
    public static KnownEffects Of(double[] predictedEffects, double[] trueEffects)
    {
        ArgumentNullException.ThrowIfNull(predictedEffects);
        ArgumentNullException.ThrowIfNull(trueEffects);
        if (trueEffects.Length == 0)
        {
            throw new InvalidPredictionsException("There is nothing to evaluate: there are no known effects.");
        }
        ArmChecks.Same("predicted effects", predictedEffects.Length, trueEffects.Length);
        ArmChecks.Finite("predicted effect", predictedEffects, 1);
        ArmChecks.Finite("known effect", trueEffects, 1);
        int[] order = CanonicalRows.Of(null, [trueEffects, predictedEffects]).Order;
        double squares = 0;
        double errors = 0;
        double lost = 0;
        int wrong = 0;
        foreach (int row in order)
        {
            double error = predictedEffects[row] - trueEffects[row];
            squares += error * error;
            errors += error;
            bool differs = predictedEffects[row] > 0 != trueEffects[row] > 0;
            wrong += differs ? 1 : 0;
            lost += differs ? Math.Abs(trueEffects[row]) : 0;
        }
        double count = order.Length;
        return new KnownEffects(Math.Sqrt(squares / count), errors / count, wrong / count, lost / count);
    }
}
