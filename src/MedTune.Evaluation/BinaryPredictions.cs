using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>Probabilities of the positive class and what was true, row by row: all that a two-class evaluation knows.</summary>
/// <param name="Probabilities">Probability of the positive class, 0 to 1, one per row. NaN is refused.</param>
/// <param name="Targets">1 for the positive class, 0 for the negative, one per row.</param>
/// <param name="Folds">The fold each row was predicted in, any numbers; null when there are no folds.</param>
/// <param name="Groups">The patient of each row, any numbers; null when every row is another patient. Where numbers repeat, intervals come from resampling patients.</param>
public sealed record BinaryPredictions(double[] Probabilities, int[] Targets, int[]? Folds = null, int[]? Groups = null)
{
    /// <summary>Number of rows.</summary>
    public int Count => Probabilities.Length;

    /// <summary>Refuses what cannot be evaluated.</summary>
    /// <exception cref="InvalidPredictionsException">No rows, lengths that differ, a probability outside 0 to 1 or NaN, a target other than 0 and 1.</exception>
    internal void Check()
    {
        RowChecks.Lengths(Probabilities.Length, Targets.Length, Folds?.Length, Groups?.Length);
        for (int row = 0; row < Probabilities.Length; row++)
        {
            RowChecks.Probability(Probabilities[row], row);
            if (Targets[row] is not (0 or 1))
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"A two-class evaluation needs the targets 0 and 1, but row {row} (counted from 0) holds another number; use MulticlassEvaluation for more classes."));
            }
        }
    }
}
