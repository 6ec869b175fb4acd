using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Answers probabilities for pictures with a model file.</summary>
/// <remarks>Not safe for use from several threads at once; it uses several itself, and their number changes no answer.</remarks>
public sealed class ImagePredictor : IDisposable
{
    private readonly TaskPool _pool;
    private readonly PictureRunner _runner;
    private readonly ManifestImage _image;

    /// <summary>A predictor for a model at hand.</summary>
    /// <param name="model">A model for pictures.</param>
    /// <param name="threads">At least 1. Default: one per processor.</param>
    /// <exception cref="ModelFileException">The model is for tables, or its graph cannot be run.</exception>
    public ImagePredictor(ModelFile model, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        _image = model.Manifest.Image ?? throw new ModelFileException("The model is for tables, not for pictures; give the model of a run on pictures.");
        _pool = new TaskPool(threads ?? Environment.ProcessorCount);
        try
        {
            _runner = new PictureRunner(model.Graph, _image.Resized, ModelFile.ProbabilitiesOutput, _pool);
        }
        catch
        {
            _pool.Dispose();
            throw;
        }
    }

    /// <summary>The model.</summary>
    public ModelFile Model { get; }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="ModelFileException">The file is refused.</exception>
    public static ImagePredictor Load(string path, int? threads = null) => new(ModelFile.Load(path), threads);

    /// <summary>The answer for one picture.</summary>
    /// <exception cref="DataException">The picture is too large.</exception>
    public Prediction Predict(PixelImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Predict(1, _ => picture)[0];
    }

    /// <summary>The answers for several pictures, which are read as they are needed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="read">Gives a picture by its number; called from several threads, once for each.</param>
    /// <param name="progress">Told how many are answered.</param>
    /// <param name="cancellation">Asked before every few pictures.</param>
    /// <exception cref="DataException">A picture cannot be read, or is too large.</exception>
    public IReadOnlyList<Prediction> Predict(int count, Func<int, PixelImage> read, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        [.. Answers(count, read, passesOver: false, progress, cancellation).Select(found => found.Answer!)];

    /// <summary>The same, passing over pictures that cannot be read.</summary>
    /// <returns>For each picture its answer, or null and why it has none.</returns>
    /// <inheritdoc cref="Predict(int, Func{int, PixelImage}, IProgress{int}, CancellationToken)"/>
    public IReadOnlyList<(Prediction? Answer, string? Refusal)> PredictReadable(
        int count, Func<int, PixelImage> read, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        Answers(count, read, passesOver: true, progress, cancellation);

    private (Prediction? Answer, string? Refusal)[] Answers(int count, Func<int, PixelImage> read, bool passesOver, IProgress<int>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        var found = new (Prediction? Answer, string? Refusal)[count];
        var waiting = new List<(int Number, ImmutableArray<string> Warnings)>();
        var decoded = new (PixelImage? Picture, string? Refusal)[_pool.Threads];
        for (int start = 0; start < count; start += decoded.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            int taken = Math.Min(decoded.Length, count - start);
            _pool.Run(taken, start, (first, i) => decoded[i] = Decoded(read, first + i, passesOver));
            for (int i = 0; i < taken; i++)
            {
                string? refusal = decoded[i].Picture is { } picture ? Add(picture, passesOver) : decoded[i].Refusal;
                found[start + i].Refusal = refusal;
                if (refusal is null)
                {
                    waiting.Add((start + i, WarningsFor(decoded[i].Picture!)));
                }

                if (_runner.Waiting == _runner.Batch)
                {
                    Answer(waiting, found);
                    progress?.Report(start + i + 1);
                }
            }
        }

        Answer(waiting, found);
        progress?.Report(count);
        return found;
    }

    private static (PixelImage? Picture, string? Refusal) Decoded(Func<int, PixelImage> read, int number, bool passesOver)
    {
        try
        {
            return (read(number), null);
        }
        catch (DataException refusal) when (passesOver)
        {
            return (null, refusal.Message);
        }
    }

    private string? Add(PixelImage picture, bool passesOver)
    {
        try
        {
            _runner.Add(picture.Height, picture.Width, picture.Channels, PixelValues.Of(picture));
            return null;
        }
        catch (DataException refusal) when (passesOver)
        {
            return refusal.Message;
        }
    }

    private void Answer(List<(int Number, ImmutableArray<string> Warnings)> waiting, (Prediction? Answer, string? Refusal)[] found)
    {
        int classes = Model.Manifest.Classes.Length;
        var rows = _runner.Run();
        for (int row = 0; row < waiting.Count; row++)
        {
            found[waiting[row].Number].Answer = Answer(rows.Slice(row * classes, classes), waiting[row].Warnings);
        }

        waiting.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _pool.Dispose();
    }

    private Prediction Answer(ReadOnlySpan<float> probabilities, ImmutableArray<string> warnings)
    {
        var manifest = Model.Manifest;
        var all = ImmutableArray.CreateBuilder<double>(probabilities.Length);
        foreach (float probability in probabilities)
        {
            all.Add(probability);
        }

        var probable = all.MoveToImmutable();
        if (manifest.Thresholds is { } thresholds)
        {
            ImmutableArray<bool> present = [.. thresholds.Select((threshold, finding) => probable[finding] >= threshold)];
            return new Prediction(string.Join(Prediction.Separator, manifest.Classes.Where((_, finding) => present[finding])), probable.Max(), probable, warnings)
            {
                Present = present,
                FindingSets = manifest.FindingSets is { } sets ? [.. sets.Select((rule, finding) => rule.OfFinding(probable[finding]))] : [],
            };
        }

        int answered = Predictor.ClassOf(manifest, probabilities);
        return new Prediction(manifest.Classes[answered], probabilities[probabilities.Length == 2 ? 1 : answered], probable, warnings) { Set = manifest.Sets?.Of(manifest.Classes, probable) ?? default };
    }

    private ImmutableArray<string> WarningsFor(PixelImage picture)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        int shortest = Math.Min(picture.Width, picture.Height);

        // A larger picture loses nothing when it is brought to the network's size; a smaller one lacks what the network looks for.
        if (shortest < _image.ShortestSide && shortest < Math.Min(_image.Height, _image.Width))
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"a side of {shortest} pixels is shorter than any seen in training ({_image.ShortestSide})"));
        }

        if (_image.IsGrey is { } isGrey && isGrey != IsGrey(picture))
        {
            warnings.Add(isGrey ? "in colour, while the pictures of training were grey" : "grey, while the pictures of training were in colour");
        }

        return warnings.ToImmutable();
    }

    private static bool IsGrey(PixelImage picture)
    {
        for (int i = 0; picture.Channels == 3 && i < picture.Samples.Length; i += 3)
        {
            if (picture.Samples[i] != picture.Samples[i + 1] || picture.Samples[i] != picture.Samples[i + 2])
            {
                return false;
            }
        }

        return true;
    }
}
