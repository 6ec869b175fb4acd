using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>What two-class and several-class predictions must satisfy alike.</summary>
internal static class RowChecks
{
    public static void Lengths(int probabilities, int targets, int? folds, int? groups)
    {
        if (probabilities == 0)
        {
            throw new InvalidPredictionsException("There is nothing to evaluate: the predictions hold no rows.");
        }
        Same("targets", targets, probabilities);
        Same("folds", folds ?? probabilities, probabilities);
        Same("groups", groups ?? probabilities, probabilities);
    }

    public static void Probability(double probability, int row)
    {
        // Written so that NaN fails too.
        if (!(probability >= 0 && probability <= 1))
        {
            string found = double.IsNaN(probability) ? "NaN (not a number)" : "a number outside that range";
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"Every row needs a probability from 0 to 1, but row {row} (counted from 0) holds {found}; leave out rows the model gave no answer for."));
        }
    }

    public static void Same(string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"The predictions have {expected} rows but {found} {what}; there must be one per row."));
        }
    }

    public static void Grid(int found, int rows, int classes)
    {
        if (found != (long)rows * classes)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"{rows} rows and {classes} classes need {(long)rows * classes} probabilities, but there are {found}."));
        }
    }
}
