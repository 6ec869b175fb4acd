using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>Probabilities of three or more classes (two work too) and what was true, row by row.</summary>
/// <param name="Probabilities">Row-major, rows x classes, each 0 to 1, each row summing to 1 within 0.001. NaN is refused.</param>
/// <param name="Targets">Index of the true class, one per row.</param>
/// <param name="ClassNames">One name per class, in the order of the probabilities; at least two, all different.</param>
/// <param name="Folds">The fold each row was predicted in; null when there are no folds.</param>
/// <param name="Groups">The patient of each row; null when every row is another patient. Where numbers repeat, intervals come from resampling patients.</param>
public sealed record MulticlassPredictions(double[] Probabilities, int[] Targets, string[] ClassNames, int[]? Folds = null, int[]? Groups = null)
{
    // Float softmax over a few thousand classes stays far below; rounded or truncated exports do not.
    private const double SumTolerance = 1e-3;

    /// <summary>Number of rows.</summary>
    public int Count => Targets.Length;

    /// <summary>Refuses what cannot be evaluated.</summary>
    /// <exception cref="InvalidPredictionsException">No rows, lengths that differ, fewer than two or repeated classes, a probability that is none, a row that does not sum to 1, a target that is no class.</exception>
    internal void Check()
    {
        int classes = ClassNames.Length;
        if (classes < 2 || ClassNames.Distinct(StringComparer.Ordinal).Count() != classes)
        {
            throw new InvalidPredictionsException("A several-class evaluation needs at least two classes with different names.");
        }
        RowChecks.Lengths(Targets.Length, Targets.Length, Folds?.Length, Groups?.Length);
        RowChecks.Grid(Probabilities.Length, Targets.Length, classes);
        for (int row = 0; row < Targets.Length; row++)
        {
            if (Targets[row] < 0 || Targets[row] >= classes)
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"The target of row {row} (counted from 0) is no class: the classes are numbered 0 to {classes - 1}."));
            }
            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                double probability = Probabilities[(row * classes) + k];
                RowChecks.Probability(probability, row);
                sum += probability;
            }
            if (Math.Abs(sum - 1) > SumTolerance)
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"The class probabilities of each row must sum to 1, but those of row {row} (counted from 0) sum to {sum:0.####}."));
            }
        }
    }
}
