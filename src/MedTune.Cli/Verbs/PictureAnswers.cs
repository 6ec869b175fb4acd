using MedTune.Cli.Output;
using MedTune.Data.Images;
using MedTune.Prediction;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune predict</c> of pictures: reads each and answers it; a picture that cannot be read is told and passed over.</summary>
internal static class PictureAnswers
{
    /// <summary>The pictures that were answered, by name, with their answers.</summary>
    /// <param name="Names">The paths within the folder.</param>
    /// <param name="Answers">One for each.</param>
    /// <param name="Refusals">Why others could not be read.</param>
    public sealed record Found(IReadOnlyList<string> Names, IReadOnlyList<Prediction.Prediction> Answers, IReadOnlyList<string> Refusals);

    /// <summary>Reads and answers.</summary>
    public static async Task<Found> OfAsync(Screen screen, ModelFile model, string path, int threads, CancellationToken cancellationToken)
    {
        var images = ImageSet.OpenUnlabelled(path, new ImageSetOptions { Plane = PlaneName.Parse(model.Manifest.Image?.Plane) ?? AnatomicalPlane.Axial });
        foreach (string missing in NativeLibraries.Missing)
        {
            screen.Error(missing);
        }

        return await ProgressDisplay.ShowAsync(screen, progress => Task.Run(() => Answer(images, model, threads, progress, cancellationToken), cancellationToken)).ConfigureAwait(false);
    }

    private static Found Answer(ImageSet images, ModelFile model, int threads, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        using var predictor = new ImagePredictor(model, threads);
        int count = images.Samples.Length;
        var answers = predictor.PredictReadable(count, i => images.Read(images.Samples[i]), new Answered(progress, count), cancellationToken);
        int[] read = [.. Enumerable.Range(0, count).Where(i => answers[i].Answer is not null)];
        return new Found(
            [.. read.Select(i => images.Samples[i].Name)],
            [.. read.Select(i => answers[i].Answer!)],
            [.. answers.Where(answer => answer.Answer is null).Select(answer => answer.Refusal!)]);
    }

    private sealed class Answered(IProgress<TrainingProgress> listener, int count) : IProgress<int>
    {
        public void Report(int value) => listener.Report(new TrainingProgress("answering pictures", value, count, ""));
    }
}
