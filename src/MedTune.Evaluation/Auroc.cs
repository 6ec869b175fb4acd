namespace MedTune.Evaluation;

/// <summary>The area under the ROC curve alone, for quick comparisons; with its interval it is in <see cref="BinaryEvaluation"/>.</summary>
public static class Auroc
{
    /// <summary>The share of pairs (one positive, one negative) in which the positive has the higher score, ties counting half.</summary>
    /// <param name="scores">Probabilities, margins or any score that rises with risk; finite.</param>
    /// <param name="targets">0 or 1; both occur.</param>
    public static double Of(double[] scores, int[] targets)
    {
        DeLong.ComponentsByRow(scores, targets, out double area);
        return area;
    }
}
