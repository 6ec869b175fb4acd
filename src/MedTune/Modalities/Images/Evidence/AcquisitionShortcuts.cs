using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Asks whether labels can be told by how pictures were taken: a model would learn that first, and fail elsewhere.</summary>
/// <remarks>As in DeGrave, Janizek and Lee, Nature Machine Intelligence 3:610, 2021, and Zech et al., PLOS Medicine 15:e1002683, 2018. Logistic regression, five folds by patient, pooled.</remarks>
internal sealed class AcquisitionShortcuts
{
    private const int Folds = 5;
    private const int FewestOfAClass = 10;
    private const int MostPictures = 5000;
    private const double Penalty = 1;
    private const ulong Stream = 3;

    private readonly int[] _groups;
    private readonly ulong _seed;
    private readonly TaskPool _pool;
    private readonly CancellationToken _cancellation;

    private AcquisitionShortcuts(int[] groups, ulong seed, TaskPool pool, CancellationToken cancellation) =>
        (_groups, _seed, _pool, _cancellation) = (groups, seed, pool, cancellation);

    /// <summary>The figures; null where nothing outward differs or there are too few pictures or patients of every class.</summary>
    /// <param name="images">The set.</param>
    /// <param name="measures">Measures by the sample's number.</param>
    /// <param name="candidates">The samples to look at: labelled and readable.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="cancellation">Asked before every fit.</param>
    public static ShortcutFigures? Of(
        ImageSet images, ImmutableArray<PictureMeasures?> measures, IReadOnlyCollection<int> candidates, ulong seed, TaskPool pool, CancellationToken cancellation = default)
    {
        int[] drawn = [.. EvidenceDraw.Of([.. candidates.Where(sample => measures[sample] is not null)], MostPictures, seed, Stream)];
        if (drawn.Length < 2 * FewestOfAClass)
        {
            return null;
        }

        ImageSample[] samples = [.. drawn.Select(sample => images.Samples[sample])];
        var kinds = OutwardFeatures.Of(samples, [.. drawn.Select(sample => measures[sample]!)]);
        if (kinds.Length == 0)
        {
            return null;
        }

        var all = new OutwardFeatures("", "", [.. kinds.SelectMany(kind => kind.Columns)]);
        var check = new AcquisitionShortcuts(EvidenceDraw.Groups([.. samples.Select(sample => sample.Patient)]), seed, pool, cancellation);
        ShortcutFigures? worst = null;
        bool isPair = !images.HasSeveralLabels && images.Classes.Length == 2;
        for (int k = isPair ? 1 : 0; k < images.Classes.Length; k++)
        {
            int[] targets = [.. samples.Select(sample => images.HasSeveralLabels ? sample.Labels[k] : sample.Labels[0] == k ? 1 : 0)];
            if (check.Judge(all, targets) is { IsDefined: true } auroc && (worst is null || auroc.Low > worst.Auroc.Low))
            {
                var alone = kinds.Select(kind => new ShortcutKind(kind.Name, kind.Description, check.Judge(kind, targets)!.Value));
                worst = new ShortcutFigures(auroc, [.. alone.OrderByDescending(kind => kind.Auroc.Value)], drawn.Length, isPair ? null : images.Classes[k]);
            }
        }

        return worst;
    }

    /// <summary>The finding that figures call for; null where they call for none.</summary>
    public static Finding? Report(ShortcutFigures? figures)
    {
        if (figures is not { IsSuspicious: true })
        {
            return null;
        }

        string label = figures.Class is { } name ? $"'{name}'" : "the label";
        string kinds = string.Join(", ", figures.Kinds.Where(kind => kind.Auroc.Low > ShortcutFigures.Limit).Select(kind => $"{kind.Name} {kind.Auroc}"));
        return new Finding(
            ImageFindingCodes.AcquisitionShortcut,
            FindingSeverity.Warning,
            null,
            figures.Pictures,
            $"How the pictures were taken ({string.Join(", ", figures.Kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal))}) tells {label} with an AUROC of {figures.Auroc}, without a look at what they show"
                + (kinds.Length > 0 ? $"; alone: {kinds}." : "; no kind alone does."),
            "Kept; see that the classes were acquired alike, crop or mask what gives them away, and judge the model at another site.");
    }

    /// <summary>The AUROC of a linear model of some features out of fold; null where a class is too small.</summary>
    private Estimate? Judge(OutwardFeatures features, int[] targets)
    {
        int positives = targets.Sum();
        int[] rows = [.. Enumerable.Range(0, targets.Length)];
        int folds = Math.Min(Folds, Splits.MostFolds(targets, _groups, rows));
        if (Math.Min(positives, targets.Length - positives) < FewestOfAClass || folds < 2)
        {
            return null;
        }

        var assignment = Splits.KFold(targets, _groups, folds, _seed);
        int width = features.Columns.Count;
        var values = new float[targets.Length * width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)features.Columns[i % width][i / width];
        }

        var set = new ImageFeatureSet(targets.Length, 1, width, values);
        var probabilities = new double[targets.Length];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] scored = assignment.TestRows(fold);
            float[] margins = LinearFit.Path(set, targets, 2, assignment.TrainingRows(fold), [Penalty], _pool, _cancellation)[0].Of(set, scored);
            for (int i = 0; i < scored.Length; i++)
            {
                probabilities[scored[i]] = 1 / (1 + DoubleMath.Exp(-Math.Clamp(margins[i], -500, 500)));
            }
        }

        return Auroc.WithInterval(new BinaryPredictions(probabilities, targets, assignment.FoldOfRow, _groups));
    }
}
