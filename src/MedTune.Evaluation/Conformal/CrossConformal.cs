namespace MedTune.Evaluation;

/// <summary>Prediction sets of rows that were all predicted out of fold: each fold's sets by the threshold of the other folds, so that no row takes part in choosing its own.</summary>
public static class CrossConformal
{
    /// <summary>The sets; null where there are fewer than two folds, or too few rows in the others for the coverage.</summary>
    /// <param name="outOfFold">Rows with their folds.</param>
    /// <param name="options">Null: <see cref="ConformalOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be used.</exception>
    public static PredictionSets? Sets(MulticlassPredictions outOfFold, ConformalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(outOfFold);
        outOfFold.Check();
        if (outOfFold.Folds is not { } folds || folds.Distinct().Count() < 2)
        {
            return null;
        }

        int classes = outOfFold.ClassNames.Length;
        bool[] members = new bool[outOfFold.Probabilities.Length];
        foreach (int fold in folds.Distinct().Order())
        {
            int[] own = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)];
            int[] others = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] != fold)];
            var rule = ConformalRule.Fit(Part(outOfFold, others), options);
            if (!rule.Overall.IsReached)
            {
                return null;
            }

            var sets = rule.Sets(Part(outOfFold, own).Probabilities);
            for (int i = 0; i < own.Length; i++)
            {
                for (int k = 0; k < classes; k++)
                {
                    members[(own[i] * classes) + k] = sets.Contains(i, k);
                }
            }
        }

        return new PredictionSets([.. outOfFold.ClassNames], members);
    }

    private static MulticlassPredictions Part(MulticlassPredictions all, int[] rows)
    {
        int classes = all.ClassNames.Length;
        return new MulticlassPredictions(
            [.. rows.SelectMany(row => all.Probabilities.AsSpan(row * classes, classes).ToArray())],
            [.. rows.Select(row => all.Targets[row])],
            all.ClassNames,
            null,
            all.Groups is { } groups ? [.. rows.Select(row => groups[row])] : null);
    }
}
