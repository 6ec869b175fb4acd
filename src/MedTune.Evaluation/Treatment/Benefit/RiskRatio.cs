using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>The ratio of the mean outcomes of two arms were everyone given either: a risk ratio for yes/no outcomes.</summary>
public static class RiskRatio
{
    /// <summary>The ratio of the arms' doubly robust means, with the interval of its logarithm by the delta method.</summary>
    /// <param name="scores">At least one row.</param>
    /// <param name="treated">The arm above the line.</param>
    /// <param name="control">The arm below it.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>Undefined where a mean is not above 0.</returns>
    public static Estimate Of(DoublyRobustScores scores, int treated = 1, int control = 0, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        options ??= EvaluationOptions.Default;
        options.Check();
        double[] first = scores.OfArm(treated).Values;
        double[] second = scores.OfArm(control).Values;
        CanonicalRows rows = CanonicalRows.Of(scores.Groups, [first, second]);
        (first, second) = (rows.Take(first), rows.Take(second));
        double above = MeanInterval.Mean(first);
        double below = MeanInterval.Mean(second);
        if (!(above > 0 && below > 0))
        {
            return Estimate.Undefined("undefined: a ratio needs two means above 0");
        }
        double error = rows.Error([.. first.Select((score, i) => ((score / above) - (second[i] / below)) / rows.Count)]);
        if (double.IsNaN(error))
        {
            return Estimate.WithoutInterval(above / below, "no interval: it needs at least two patients");
        }
        double reach = DoubleMath.Exp(options.NormalQuantile * error);
        double ratio = above / below;
        return new Estimate(ratio, ratio / reach, ratio * reach, $"{options.Percent} interval on the log scale, delta method");
    }
}
