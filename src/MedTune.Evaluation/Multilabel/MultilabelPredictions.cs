using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>Probabilities of several findings that can be there together, such as those of one chest radiograph, and which were there, row by row.</summary>
/// <param name="Probabilities">Row-major, rows x findings, each 0 to 1; those of a row need not sum to anything. NaN is refused.</param>
/// <param name="Targets">Row-major, rows x findings: 1 where the finding was there, 0 where it was not.</param>
/// <param name="FindingNames">One name per finding, in the order of the probabilities; at least one, all different.</param>
/// <param name="Folds">The fold each row was predicted in; null when there are no folds.</param>
/// <param name="Groups">The patient of each row; null when every row is another patient. Where numbers repeat, intervals come from resampling patients.</param>
public sealed record MultilabelPredictions(double[] Probabilities, int[] Targets, string[] FindingNames, int[]? Folds = null, int[]? Groups = null)
{
    /// <summary>Number of rows; 0 without findings.</summary>
    public int Count => FindingNames.Length == 0 ? 0 : Targets.Length / FindingNames.Length;

    /// <summary>One finding by itself.</summary>
    /// <param name="finding">Its place in <see cref="FindingNames"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such finding.</exception>
    public BinaryPredictions Finding(int finding)
    {
        int findings = FindingNames.Length;
        ArgumentOutOfRangeException.ThrowIfNegative(finding);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(finding, findings);
        int[] cells = [.. Enumerable.Range(0, Count).Select(row => (row * findings) + finding)];
        return new BinaryPredictions(Array.ConvertAll(cells, cell => Probabilities[cell]), Array.ConvertAll(cells, cell => Targets[cell]), Folds, Groups);
    }

    /// <summary>Refuses what cannot be evaluated.</summary>
    /// <exception cref="InvalidPredictionsException">No rows, lengths that differ, no findings or repeated ones, a probability that is none, a target other than 0 and 1.</exception>
    internal void Check()
    {
        int findings = FindingNames.Length;
        if (findings == 0 || FindingNames.Distinct(StringComparer.Ordinal).Count() != findings)
        {
            throw new InvalidPredictionsException("An evaluation of several findings needs at least one finding, and all must have different names.");
        }
        if (Targets.Length % findings != 0)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"Every row needs a target for each of the {findings} findings, but {Targets.Length} targets are no whole number of rows."));
        }
        RowChecks.Lengths(Count, Count, Folds?.Length, Groups?.Length);
        RowChecks.Grid(Probabilities.Length, Count, findings);
        for (int cell = 0; cell < Targets.Length; cell++)
        {
            RowChecks.Probability(Probabilities[cell], cell / findings);
            if (Targets[cell] is not (0 or 1))
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"Every finding needs the target 0 or 1, but row {cell / findings} (counted from 0) holds another number for '{FindingNames[cell % findings]}'; leave out rows whose findings are not known."));
            }
        }
    }
}
