using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Runs pictures through the nodes of the model file: each through those that resize it, then batches through the frozen network.</summary>
/// <remarks>A picture's features depend on nothing beside it: neither on the batch nor on the number of threads. Not thread-safe.</remarks>
internal sealed class ImageFeatures : IDisposable
{
    // Pixels of the images in one batch: 32 of 224 x 224.
    private const int BatchPixels = 32 * 224 * 224;
    private const int LargestBatch = 64;

    private readonly ImageBackbone _backbone;
    private readonly PixelGraph _model;
    private readonly TaskPool _pool;
    private readonly PlanCache _resizing;
    private readonly ExecutionPlan _network;
    private readonly int _batch;
    private readonly int _imageLength;

    /// <summary>Compiles the network.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <exception cref="ModelFileException">The network cannot be compiled.</exception>
    public ImageFeatures(ImageBackbone backbone, TaskPool pool)
    {
        (_backbone, _pool) = (backbone, pool);
        var size = backbone.Normalization;
        _imageLength = size.Mean.Length * size.Height * size.Width;
        _batch = Math.Clamp(BatchPixels / (size.Height * size.Width), 1, LargestBatch);
        var options = new PlanOptions { Pool = pool, MemoryLimit = ImageBackbone.MostBytes };
        try
        {
            _model = PixelGraph.Of(backbone);
            _network = ExecutionPlan.Compile(GraphCut.Between(_model.Graph, [_model.Image], [_model.Features]), options.WithBatch(_batch));

            // Few sizes at a time: a plan holds a whole picture.
            _resizing = new PlanCache(GraphCut.Between(_model.Graph, [PixelGraph.Pixels], [_model.Image]), options, 2);
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException($"The network cannot be run on pictures: {exception.Message}", exception);
        }
    }

    /// <summary>The features of pictures and of changed variants of them.</summary>
    /// <param name="count">Number of pictures.</param>
    /// <param name="read">Gives a picture by its number; called from the pool's threads, once for each.</param>
    /// <param name="variants">Rows for each picture, at least 1; the first is the picture as it is.</param>
    /// <param name="policy">How the further variants are changed; mixing of pictures is left out, because features are of one picture.</param>
    /// <param name="seed">The run's seed.</param>
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
        int waiting = 0, done = 0;

        // As many pictures at a time as there are threads: decoded, they may be large.
        var decoded = new (PixelImage Picture, float[][] Pixels)[_pool.Threads];
        for (int start = 0; start < count; start += decoded.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            int taken = Math.Min(decoded.Length, count - start);
            _pool.Run(taken, 0, (_, i) => decoded[i] = Decoded(read(start + i), start + i, variants, policy ?? AugmentationPolicy.None, seed));
            foreach (var (picture, rows) in decoded.AsSpan(0, taken))
            {
                foreach (float[] pixels in rows)
                {
                    Resize(picture, pixels, waiting++);
                    if (waiting == _batch)
                    {
                        RunNetwork(features, ref done, ref waiting);
                        progress?.Report(new TrainingProgress("features", done / variants, count, ""));
                    }
                }
            }
        }

        RunNetwork(features, ref done, ref waiting);
        progress?.Report(new TrainingProgress("features", count, count, ""));
        return features;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _resizing.Dispose();
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

    private void Resize(PixelImage picture, float[] pixels, int place)
    {
        var plan = ResizingOf(picture);
        pixels.CopyTo(plan.Input<float>(PixelGraph.Pixels));
        plan.Run();
        plan.Output<float>(_model.Image).CopyTo(_network.Input<float>(_model.Image).Slice(place * _imageLength, _imageLength));
    }

    private ExecutionPlan ResizingOf(PixelImage picture)
    {
        try
        {
            return _resizing.For(ImmutableDictionary<string, int>.Empty
                .Add("N", 1).Add(PixelGraph.Height, picture.Height).Add(PixelGraph.Width, picture.Width).Add(PixelGraph.Channels, picture.Channels));
        }
        catch (InvalidGraphException exception)
        {
            throw new DataException(
                string.Create(CultureInfo.InvariantCulture, $"A picture of {picture.Width} x {picture.Height} pixels cannot be brought to the size of the network: {exception.Message}"), exception);
        }
    }

    private void RunNetwork(ImageFeatureSet features, ref int done, ref int waiting)
    {
        if (waiting > 0)
        {
            _network.Run();
            var found = features.Values.AsSpan(done * features.Width, waiting * features.Width);
            _network.Output<float>(_model.Features)[..found.Length].CopyTo(found);
            foreach (float value in found)
            {
                if (!float.IsFinite(value))
                {
                    throw new ModelFileException("The network gives infinite values or values that are no numbers for a picture; use another network, or see that its normalization is the right one.");
                }
            }

            (done, waiting) = (done + waiting, 0);
        }
    }
}
