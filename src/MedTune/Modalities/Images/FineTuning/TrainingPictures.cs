using System.Runtime.ExceptionServices;
using MedTune.Data.Augmentation;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>Reads, changes and resizes the pictures of a batch while the network trains on the one before. What comes out depends on (seed, epoch, sample) alone.</summary>
internal sealed class TrainingPictures : IDisposable
{
    // Pictures above this much memory are read again in every epoch.
    private const long MostBytes = 1L << 30;

    private readonly PictureResizer _resizer;
    private readonly Func<int, PixelImage> _read;
    private readonly AugmentationPolicy _policy;
    private readonly ulong _seed;
    private readonly int _threads;
    private readonly KeptPicture?[] _kept;
    private long _keptBytes;
    private Task _running = Task.CompletedTask;

    /// <param name="resizer">Stays the caller's.</param>
    /// <param name="read">Gives a picture by its number.</param>
    /// <param name="count">Numbers of pictures are below it.</param>
    /// <param name="policy">How pictures are changed.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="threads">Threads that prepare a batch.</param>
    public TrainingPictures(PictureResizer resizer, Func<int, PixelImage> read, int count, AugmentationPolicy policy, ulong seed, int threads)
    {
        (_resizer, _read, _policy, _seed, _threads) = (resizer, read, policy, seed, threads);
        _kept = new KeptPicture?[count];
    }

    /// <summary>Starts to prepare a batch; only one is prepared at a time.</summary>
    /// <param name="samples">Numbers of pictures.</param>
    /// <param name="epoch">From 0.</param>
    public Task<TrainingBatch> Begin(int[] samples, int epoch)
    {
        var task = Task.Run(() => Prepare(samples, epoch));
        _running = task;
        return task;
    }

    /// <inheritdoc/>
    public void Dispose() => ((IAsyncResult)_running).AsyncWaitHandle.WaitOne();

    /// <summary>Prepares a batch at once.</summary>
    /// <inheritdoc cref="Begin"/>
    public TrainingBatch Prepare(int[] samples, int epoch)
    {
        var images = new float[samples.Length * _resizer.Length];
        var failures = new Exception?[samples.Length];
        int next = -1;
        var workers = Enumerable.Range(0, Math.Min(_threads, samples.Length)).Select(_ => Task.Run(() =>
        {
            for (int place = Interlocked.Increment(ref next); place < samples.Length; place = Interlocked.Increment(ref next))
            {
                failures[place] = Try(samples[place], epoch, images.AsMemory(place * _resizer.Length, _resizer.Length));
            }
        })).ToArray();
        Task.WaitAll(workers);
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return new TrainingBatch(samples, images, ImageMixing.Apply(images, _resizer, _policy, _seed, epoch, samples));
    }

    private Exception? Try(int sample, int epoch, Memory<float> image)
    {
        try
        {
            var picture = (_kept[sample] ?? Read(sample)).ToTraining();
            _policy.Apply(picture, _seed, epoch, sample);
            for (int i = 0; i < picture.Samples.Length; i++)
            {
                picture.Samples[i] *= 255;
            }

            _resizer.Resize(picture.Samples, picture.Height, picture.Width, picture.Channels, image.Span);
            return null;
        }
#pragma warning disable CA1031 // The first of a batch reaches the caller, whatever thread met it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure;
        }
    }

    private KeptPicture Read(int sample)
    {
        var picture = KeptPicture.Of(_read(sample), _resizer.Height, _resizer.Width);
        if (Interlocked.Add(ref _keptBytes, picture.Bytes) <= MostBytes)
        {
            _kept[sample] = picture;
        }

        return picture;
    }
}
