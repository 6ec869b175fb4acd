using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>A linear head with the penalty and the calibration that cross-validation chose.</summary>
/// <param name="Margins">Fitted to all pictures.</param>
/// <param name="Calibration">From margins of pictures that a fit had not seen.</param>
/// <param name="Penalty">The penalty; 1 is scikit-learn's C = 1.</param>
/// <param name="OutOfFold">Calibrated margins of each picture by fits that had not seen it or any other of its patient.</param>
internal sealed record HeadChoice(LinearMargins Margins, MarginCalibration Calibration, double Penalty, float[] OutOfFold)
{
    /// <summary>The log-loss of every penalty on pictures that a fit had not seen.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Losses { get; init; } = [];

    private const int MostFolds = 5;
    private const int LargePictures = 20_000;
    private const int LargeFolds = 2;

    private static readonly ImmutableArray<double> Penalties = [10000, 3000, 1000, 300, 100, 30, 10, 3];

    /// <summary>Chooses the penalty by the loss of pictures not seen, calibrates, and fits all.</summary>
    /// <param name="features">Features of all pictures.</param>
    /// <param name="classes">Class of each picture.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="groups">The patient of each picture as a number; a number of its own where it is not known.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="progress">Told after every fold.</param>
    /// <param name="cancellation">Asked before every fit.</param>
    /// <param name="most">How many pictures a fit learns from at most; those beyond are drawn out and only judged. Null for all.</param>
    /// <exception cref="DataException">There are too few pictures or patients of a class.</exception>
    public static HeadChoice Of(
        ImageFeatureSet features, int[] classes, int count, int[] groups, ulong seed, TaskPool pool, IProgress<TrainingProgress>? progress, CancellationToken cancellation, int? most = null)
    {
        int[] all = [.. Enumerable.Range(0, classes.Length)];

        // With tens of thousands of pictures a half of them tells the penalty as well, and every fold costs minutes.
        int folds = Math.Min(classes.Length > LargePictures ? LargeFolds : MostFolds, Splits.MostFolds(classes, groups, all));
        if (folds < 2 || classes.Distinct().Count() < 2)
        {
            throw new DataException("Every class needs pictures of at least two patients, and two classes are needed, so that a model can be fitted and checked; give more pictures.");
        }

        var learned = most is int limit && limit < classes.Length ? HeadPace.Drawn(classes, limit, seed).ToHashSet() : null;
        int[] Learned(int[] rows) => learned is null ? rows : Array.FindAll(rows, learned.Contains);
        var assignment = Splits.KFold(classes, groups, folds, seed);
        int width = count == 2 ? 1 : count;
        var margins = Penalties.Select(_ => new float[classes.Length * width]).ToArray();
        for (int fold = 0; fold < folds; fold++)
        {
            int[] scored = assignment.TestRows(fold);
            var path = LinearFit.Path(features, classes, count, Learned(assignment.TrainingRows(fold)), Penalties, pool, cancellation);
            for (int setting = 0; setting < path.Length; setting++)
            {
                float[] found = path[setting].Of(features, scored);
                for (int i = 0; i < scored.Length; i++)
                {
                    found.AsSpan(i * width, width).CopyTo(margins[setting].AsSpan(scored[i] * width));
                }
            }

            progress?.Report(new TrainingProgress("head", fold + 1, folds + 1, ""));
        }

        // An exact tie goes to the stronger penalty, which stands first.
        double[] losses = [.. margins.Select(values => PointwiseLoss.Mean(values, classes))];
        int best = Array.IndexOf(losses, losses.Min());
        var (calibration, _) = MarginCalibration.Choose(margins[best], classes, assignment.FoldOfRow);
        var final = LinearFit.Path(features, classes, count, Learned(all), [Penalties[best]], pool, cancellation)[0];
        progress?.Report(new TrainingProgress("head", folds + 1, folds + 1, ""));
        return new HeadChoice(final, calibration, Penalties[best], calibration.Apply(margins[best]))
        {
            Losses = [.. Penalties.Select((penalty, i) => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"penalty {penalty}"), losses[i]))],
        };
    }
}
