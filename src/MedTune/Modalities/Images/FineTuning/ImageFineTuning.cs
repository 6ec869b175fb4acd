using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Fine-tunes a network on pictures, from a head that was fitted to its frozen features (LP-FT: Kumar et al., ICLR 2022).</summary>
internal static class ImageFineTuning
{
    /// <summary>How many pixels along both sides a picture to learn from needs: it is changed before it is resized, and so loses a little sharpness.</summary>
    public static int SmallestSide(ImageBackbone backbone) => KeptPicture.SmallestSide(Math.Max(backbone.Normalization.Height, backbone.Normalization.Width));

    /// <summary>Trains, follows the loss on checked pictures after each epoch, and keeps the weights of the best epoch.</summary>
    /// <param name="backbone">The pretrained network.</param>
    /// <param name="start">A linear head fitted to its features.</param>
    /// <param name="read">Gives a picture by its number; called from several threads at once, once or more for each picture.</param>
    /// <param name="targets">What each picture teaches, by its number.</param>
    /// <param name="trained">Numbers of the pictures to learn from.</param>
    /// <param name="checked">Numbers of the pictures by which epochs are compared: of other patients.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="checkpoint">Where the state is kept after every epoch; a fit that goes on from there ends with the same bits.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="timeIsUp">Asked before every epoch with the number of those that are done: when true, the best epoch so far is the result.</param>
    /// <param name="readTrained">Gives a picture to learn from, which may be decoded smaller, but with sides of <see cref="SmallestSide"/>; by default <paramref name="read"/>.</param>
    /// <param name="cancellation">Asked before every step.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there is nothing to train on or to check by.</exception>
    /// <exception cref="DataException">A picture cannot be read.</exception>
    /// <exception cref="ModelFileException">The network cannot be trained.</exception>
    public static FineTunedNetwork Fit(
        ImageBackbone backbone,
        LinearMargins start,
        Func<int, PixelImage> read,
        PictureTargets targets,
        int[] trained,
        int[] @checked,
        FineTuningOptions options,
        ulong seed,
        TaskPool pool,
        FitProgressFile? checkpoint = null,
        IProgress<TrainingProgress>? progress = null,
        Func<int, bool>? timeIsUp = null,
        Func<int, PixelImage>? readTrained = null,
        CancellationToken cancellation = default)
    {
        options.Check();
        if (trained.Length == 0 || @checked.Length == 0 || start.Count != targets.Margins)
        {
            throw new ArgumentException("Fine-tuning needs pictures to learn from, pictures to check by, and a head of these classes or findings.", nameof(trained));
        }

        try
        {
            using var run = new FineTuningRun(backbone, start, read, targets, trained, @checked, options, seed, pool, readTrained ?? read);
            checkpoint?.TryLoad(run.Load);
            while (!run.IsOver && timeIsUp?.Invoke(run.Done) != true && run.Epoch(progress, cancellation))
            {
                checkpoint?.Save(run.Save);
            }

            return run.Result();
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException(string.Create(CultureInfo.InvariantCulture, $"The network cannot be fine-tuned: {exception.Message}"), exception);
        }
    }
}
