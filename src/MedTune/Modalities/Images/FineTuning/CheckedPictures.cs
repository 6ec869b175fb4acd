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
    /// <param name="cancellation">Asked before every batch.</param>
    public float[] Margins(Graph network, string margins, CancellationToken cancellation)
    {
        using var plan = ExecutionPlan.Compile(network, new PlanOptions { Pool = _pool, MemoryLimit = PictureRunner.MostBytes }.WithBatch(_batch));
        int width = plan.Output<float>(margins).Length / _batch;
        var found = new float[_samples.Length * width];
        for (int start = 0; start < _samples.Length; start += _batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(_batch, _samples.Length - start);
            var images = new float[count][];
            _pool.Run(count, 0, (_, i) => images[i] = ImageOf(start + i));
            for (int i = 0; i < count; i++)
            {
                images[i].CopyTo(plan.Input<float>(network.Inputs[0].Name)[(i * _resizer.Length)..]);
            }

            plan.Run();
            plan.Output<float>(margins)[..(count * width)].CopyTo(found.AsSpan(start * width));
        }

        return found;
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
