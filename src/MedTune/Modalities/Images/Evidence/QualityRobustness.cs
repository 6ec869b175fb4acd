using System.Collections.Immutable;
using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Asks a model again about pictures of which quality was taken.</summary>
internal sealed class QualityRobustness
{
    // Networks see a few hundred pixels; degrading four million would only take time.
    private const int LongestSide = 512;
    private const ulong Stream = 2;
    private const int FewestInTime = 20;

    private readonly ImageSet _images;
    private readonly ImmutableArray<int> _samples;
    private readonly double[][,] _answers;
    private readonly int _classes;

    private QualityRobustness(ImageSet images, ImmutableArray<int> samples)
    {
        (_images, _samples, _classes) = (images, samples, images.Classes.Length);
        _answers = [.. Enumerable.Range(0, PictureDegradation.All.Length * (PictureDegradation.Levels + 1)).Select(_ => new double[samples.Length, _classes])];
    }

    /// <summary>Measures robustness on a sample of pictures; null where it cannot be measured.</summary>
    /// <param name="images">The set.</param>
    /// <param name="part">Where the pictures are from.</param>
    /// <param name="candidates">The pictures to draw from.</param>
    /// <param name="most">How many at most; of two classes as many of each as there are.</param>
    /// <param name="answer">Probabilities for some pictures.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="progress">Told after every picture.</param>
    /// <param name="timeIsUp">Asked before every picture with the number of those that are done: where it stops, the figures are those that asking for that many gives; below 20 there are none.</param>
    /// <param name="cancellation">Asked before every picture.</param>
    public static ImageRobustness? Of(
        ImageSet images,
        string part,
        IReadOnlyList<int> candidates,
        int most,
        Func<IReadOnlyList<PixelImage>, float[][]> answer,
        ulong seed,
        TaskPool pool,
        IProgress<TrainingProgress>? progress = null,
        Func<int, bool>? timeIsUp = null,
        CancellationToken cancellation = default)
    {
        var drawn = Drawn(images, candidates, most, seed);
        if (!CanBeMeasured(images, drawn))
        {
            return null;
        }

        var measured = new QualityRobustness(images, drawn);
        for (int row = 0; row < drawn.Length; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (timeIsUp?.Invoke(row) == true)
            {
                drawn = drawn[..row];
                if (row < FewestInTime || !CanBeMeasured(images, drawn))
                {
                    return null;
                }

                break;
            }

            measured.Answer(row, answer, seed, pool);
            progress?.Report(new TrainingProgress("robustness", row + 1, drawn.Length, ""));
        }

        measured = measured.Sorted(drawn);
        return new ImageRobustness(measured.Metric, drawn.Length, candidates.Count, part, [.. PictureDegradation.All.Select((kind, i) => measured.Row(kind, i))]);
    }

    private string Metric => _images.HasSeveralLabels ? "macro_auroc" : _classes == 2 ? "auroc" : "accuracy";

    private static bool CanBeMeasured(ImageSet images, ImmutableArray<int> drawn) =>
        drawn.Length >= 2 && (images.HasSeveralLabels || drawn.Select(sample => images.Samples[sample].Labels[0]).Distinct().Count() >= 2);

    /// <summary>The pictures in an order whose first few are what is drawn where so few are asked for: of two classes one of each by turns, as long as there are.</summary>
    private static ImmutableArray<int> Drawn(ImageSet images, IReadOnlyList<int> candidates, int most, ulong seed)
    {
        if (images.HasSeveralLabels || images.Classes.Length > 2)
        {
            return [.. EvidenceDraw.Sequence([.. candidates], seed, Stream).Take(most)];
        }

        var positive = new Queue<int>(EvidenceDraw.Sequence([.. candidates.Where(sample => images.Samples[sample].Labels[0] == 1)], seed, Stream));
        var negative = new Queue<int>(EvidenceDraw.Sequence([.. candidates.Where(sample => images.Samples[sample].Labels[0] != 1)], seed, Stream));
        var drawn = ImmutableArray.CreateBuilder<int>();
        while (drawn.Count < most && positive.Count + negative.Count > 0)
        {
            bool isPositive = negative.Count == 0 || (positive.Count > 0 && drawn.Count % 2 == 1);
            drawn.Add((isPositive ? positive : negative).Dequeue());
        }

        return drawn.ToImmutable();
    }

    /// <summary>The same answers for some of the pictures, in the order of the set.</summary>
    private QualityRobustness Sorted(ImmutableArray<int> samples)
    {
        var sorted = new QualityRobustness(_images, [.. samples.Order()]);
        for (int row = 0; row < samples.Length; row++)
        {
            int from = _samples.IndexOf(sorted._samples[row]);
            for (int place = 0; place < _answers.Length; place++)
            {
                for (int k = 0; k < _classes; k++)
                {
                    sorted._answers[place][row, k] = _answers[place][from, k];
                }
            }
        }

        return sorted;
    }

    /// <summary>One picture as it is and at every level of every kind.</summary>
    private void Answer(int row, Func<IReadOnlyList<PixelImage>, float[][]> answer, ulong seed, TaskPool pool)
    {
        var picture = PictureThumbnail.Of(_images.Read(_images.Samples[_samples[row]]), LongestSide);
        float[] samples = [.. Enumerable.Range(0, picture.Samples.Length).Select(i => (float)EvidencePictures.Share(picture, i))];
        int kinds = PictureDegradation.All.Length;
        var variants = new PixelImage[1 + (kinds * PictureDegradation.Levels)];
        variants[0] = picture;
        pool.Run(variants.Length - 1, 0, (_, i) =>
        {
            var changed = new TrainingPicture(picture.Width, picture.Height, picture.Channels, [.. samples]);
            PictureDegradation.All[i / PictureDegradation.Levels].Apply(changed, 1 + (i % PictureDegradation.Levels), seed, _samples[row]);
            variants[i + 1] = new PixelImage(picture.Width, picture.Height, picture.Channels, changed.Samples, 0, 1);
        });
        float[][] found = answer(variants);
        for (int place = 0; place < _answers.Length; place++)
        {
            int level = place % (PictureDegradation.Levels + 1);
            float[] probabilities = level == 0 ? found[0] : found[(place / (PictureDegradation.Levels + 1) * PictureDegradation.Levels) + level];
            for (int k = 0; k < _classes; k++)
            {
                _answers[place][row, k] = probabilities[k];
            }
        }
    }

    private RobustnessRow Row(PictureDegradation kind, int place)
    {
        int[] groups = EvidenceDraw.Groups([.. _samples.Select(sample => _images.Samples[sample].Patient)]);
        var levels = Enumerable.Range(place * (PictureDegradation.Levels + 1), PictureDegradation.Levels + 1).Select(i => _answers[i]).ToArray();
        ImmutableArray<string> amounts = [.. Enumerable.Range(1, PictureDegradation.Levels).Select(kind.Describe)];
        if (_images.HasSeveralLabels)
        {
            int[] targets = [.. _samples.SelectMany(sample => _images.Samples[sample].Labels)];
            return new RobustnessRow(
                kind.Name, amounts, [.. levels.Select(level => MultilabelEvaluation.Of(new MultilabelPredictions(Flat(level), targets, [.. _images.Classes], null, groups)).Metrics[Metric])], []);
        }

        int[] labels = [.. _samples.Select(sample => _images.Samples[sample].Labels[0])];
        var curve = _classes == 2
            ? RobustnessCurve.Of([.. levels.Select(level => new BinaryPredictions([.. Enumerable.Range(0, labels.Length).Select(row => level[row, 1])], labels, null, groups))])[Metric]
            : RobustnessCurve.Of([.. levels.Select(level => new MulticlassPredictions(Flat(level), labels, [.. _images.Classes], null, groups))])[Metric];
        return new RobustnessRow(kind.Name, amounts, [.. curve.Levels.Select(level => level.Value)], [.. curve.Levels.Skip(1).Select(level => level.Difference)]);
    }

    private static double[] Flat(double[,] level) => [.. level.Cast<double>()];
}
