using System.Globalization;
using MedTune.Data;
using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Runs pictures through the nodes of the model file: each through those that resize it, then batches through the frozen network.</summary>
/// <remarks>A picture's features depend on nothing beside it: neither on the batch nor on the number of threads. Not thread-safe.</remarks>
internal sealed class ImageFeatures : IDisposable
{
    private readonly ImageBackbone _backbone;
    private readonly TaskPool _pool;
    private readonly PictureRunner _runner;

    /// <summary>Compiles the network.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <exception cref="ModelFileException">The network cannot be compiled.</exception>
    public ImageFeatures(ImageBackbone backbone, TaskPool pool)
    {
        (_backbone, _pool) = (backbone, pool);
        var model = PixelGraph.Of(backbone);
        _runner = new PictureRunner(model.Graph, model.Image, model.Features, pool);
    }

    /// <summary>The features of pictures and of changed variants of them.</summary>
    /// <param name="count">Number of pictures.</param>
    /// <param name="read">Gives a picture by its number; called from the pool's threads, once for each.</param>
    /// <param name="variants">Rows for each picture, at least 1; the first is the picture as it is.</param>
    /// <param name="policy">How the further variants are changed; mixing of pictures is left out, because features are of one picture.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="numbers">The numbers by which pictures are changed; their own by default.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="cancellation">Asked before every few pictures.</param>
    /// <exception cref="DataException">A picture cannot be read, or is too large.</exception>
    /// <exception cref="ModelFileException">The network gives values that are not finite.</exception>
    public ImageFeatureSet Of(
        int count,
        Func<int, PixelImage> read,
        int variants = 1,
        AugmentationPolicy? policy = null,
        ulong seed = 0,
        int[]? numbers = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(variants, 1);
        if ((long)count * variants * _backbone.Width > Array.MaxLength)
        {
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture, $"{count} pictures in {variants} variants with {_backbone.Width} features each are more than can be kept at once; use fewer variants or pictures."));
        }

        var features = new ImageFeatureSet(count, variants, _backbone.Width, new float[(long)count * variants * _backbone.Width]);
        int done = 0;

        // As many pictures at a time as there are threads: decoded, they may be large.
        var decoded = new (PixelImage Picture, float[][] Pixels)[_pool.Threads];
        for (int start = 0; start < count; start += decoded.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            int taken = Math.Min(decoded.Length, count - start);
            _pool.Run(taken, 0, (_, i) => decoded[i] = Decoded(read(start + i), numbers?[start + i] ?? start + i, variants, policy ?? AugmentationPolicy.None, seed));
            foreach (var (picture, rows) in decoded.AsSpan(0, taken))
            {
                foreach (float[] pixels in rows)
                {
                    _runner.Add(picture.Height, picture.Width, picture.Channels, pixels);
                    if (_runner.Waiting == _runner.Batch)
                    {
                        Keep(features, ref done);
                        progress?.Report(new TrainingProgress("features", done / variants, count, ""));
                    }
                }
            }
        }

        Keep(features, ref done);
        progress?.Report(new TrainingProgress("features", count, count, ""));
        return features;
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    private void Keep(ImageFeatureSet features, ref int done)
    {
        int rows = _runner.Waiting;
        _runner.Run().CopyTo(features.Values.AsSpan(done * features.Width));
        done += rows;
    }

    private static (PixelImage Picture, float[][] Pixels) Decoded(PixelImage picture, int sample, int variants, AugmentationPolicy policy, ulong seed)
    {
        var rows = new float[variants][];
        rows[0] = PixelValues.Of(picture);
        for (int variant = 1; variant < variants; variant++)
        {
            rows[variant] = PixelValues.Changed(picture, changed => policy.Apply(changed, seed, variant, sample));
        }

        return (picture, rows);
    }
}
