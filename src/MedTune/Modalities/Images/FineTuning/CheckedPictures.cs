using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Pictures by which epochs are compared: as they are, through the very nodes of the model file.</summary>
internal sealed class CheckedPictures
{
    // Pixels of the images in one batch: 32 of 224 x 224.
    private const int BatchPixels = 32 * 224 * 224;
    private const int LargestBatch = 64;

    // Images above this much memory are read again each time.
    private const long MostBytes = 1L << 30;

    private readonly PictureResizer _resizer;
    private readonly Func<int, PixelImage> _read;
    private readonly int[] _samples;
    private readonly TaskPool _pool;
    private readonly float[]?[] _images;
    private readonly int _batch;
    private float[][] _seen = [];

    /// <param name="resizer">Stays the caller's.</param>
    /// <param name="read">Gives a picture by its number.</param>
    /// <param name="samples">The pictures' numbers.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    public CheckedPictures(PictureResizer resizer, Func<int, PixelImage> read, int[] samples, TaskPool pool)
    {
        (_resizer, _read, _samples, _pool) = (resizer, read, samples, pool);
        _images = new float[]?[samples.Length];
        _batch = Math.Clamp(BatchPixels / (resizer.Height * resizer.Width), 1, Math.Min(LargestBatch, samples.Length));
    }

    /// <summary>The margins of all pictures, one row for each.</summary>
    /// <param name="network">From images to margins.</param>
    /// <param name="margins">What they are called.</param>
    /// <param name="split">Where the network's first part never changes: its parts, the same in every call, so that what the first sees is computed once; else null.</param>
    /// <param name="cancellation">Asked before every batch.</param>
    public float[] Margins(Graph network, string margins, FrozenSplit? split, CancellationToken cancellation)
    {
        var last = split is not null && See(network, split, cancellation) ? LastPart(network, margins, split) : null;
        var options = new PlanOptions { Pool = _pool, MemoryLimit = PictureRunner.MostBytes }.WithBatch(_batch);
        using var plan = ExecutionPlan.Compile(last ?? network, last is null ? options : options with { Dimensions = options.Dimensions.SetItems(split!.Extents(_batch)) });
        int width = plan.Output<float>(margins).Length / _batch;
        var found = new float[_samples.Length * width];
        for (int start = 0; start < _samples.Length; start += _batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_batch, _samples.Length - start);
            if (last is null)
            {
                Fill(plan.Input<float>(network.Inputs[0].Name), start, count);
            }
            else
            {
                Give(plan, split!, start, count);
            }

            plan.Run();
            plan.Output<float>(margins)[..(count * width)].CopyTo(found.AsSpan(start * width));
        }

        return found;
    }

    private static Graph LastPart(Graph network, string margins, FrozenSplit split)
    {
        var part = GraphCut.Between(network, split.Cut.Select(value => value.Name), [margins]);
        return part with { Inputs = split.Cut, Types = part.Types.SetItems(split.Cut.Select(value => KeyValuePair.Create(value.Name, value.Type))) };
    }

    /// <summary>Runs the first part on all pictures, the first time; false where what it sees cannot be kept.</summary>
    private bool See(Graph network, FrozenSplit split, CancellationToken cancellation)
    {
        if (_seen.Length > 0)
        {
            return true;
        }

        if (!split.Cut.All(value => network.Types.ContainsKey(value.Name) && value.Type.Element == ElementType.Float && !split.Prefix.Inputs.Contains(value)))
        {
            return false;
        }

        using var plan = ExecutionPlan.Compile(split.Prefix, new PlanOptions { Pool = _pool, MemoryLimit = PictureRunner.MostBytes }.WithBatch(_batch));
        if (split.Cut.Sum(value => (long)plan.Output<float>(value.Name).Length) / _batch * sizeof(float) * _samples.Length > MostBytes)
        {
            return false;
        }

        var seen = new float[_samples.Length][];
        for (int start = 0; start < _samples.Length; start += _batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_batch, _samples.Length - start);
            Fill(plan.Input<float>(split.Prefix.Inputs[0].Name), start, count);
            plan.Run();
            for (int i = 0; i < count; i++)
            {
                seen[start + i] = [.. split.Cut.SelectMany(value => Slice(plan.Output<float>(value.Name), i).ToArray())];
            }
        }

        _seen = seen;
        return true;
    }

    private void Give(ExecutionPlan plan, FrozenSplit split, int start, int count)
    {
        int from = 0;
        foreach (var value in split.Cut)
        {
            var input = plan.Input<float>(value.Name);
            int length = input.Length / _batch;
            for (int i = 0; i < count; i++)
            {
                _seen[start + i].AsSpan(from, length).CopyTo(input[(i * length)..]);
            }

            from += length;
        }
    }

    private ReadOnlySpan<float> Slice(ReadOnlySpan<float> all, int place) => all.Slice(place * (all.Length / _batch), all.Length / _batch);

    private void Fill(Span<float> input, int start, int count)
    {
        var images = new float[count][];
        _pool.Run(count, 0, (_, i) => images[i] = ImageOf(start + i));
        for (int i = 0; i < count; i++)
        {
            images[i].CopyTo(input[(i * _resizer.Length)..]);
        }
    }

    private float[] ImageOf(int place)
    {
        if (_images[place] is { } kept)
        {
            return kept;
        }

        var picture = _read(_samples[place]);
        var image = new float[_resizer.Length];
        _resizer.Resize(PixelValues.Of(picture), picture.Height, picture.Width, picture.Channels, image);
        if ((place + 1L) * image.Length * sizeof(float) <= MostBytes)
        {
            _images[place] = image;
        }

        return image;
    }
}
