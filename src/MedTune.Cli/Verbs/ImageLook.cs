using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune inspect</c> of pictures: reads every one and shows what was found.</summary>
internal static class ImageLook
{
    private const string Stage = "reading pictures";

    public static async Task<ExitCode> ShowAsync(Screen screen, string path, DatasetOptions options, int threads, CancellationToken cancellationToken)
    {
        var images = ImageSet.Open(path, new ImageSetOptions { Target = options.Target, Patient = options.Patient, Site = options.Site, Positive = options.Positive, Plane = options.Plane });
        foreach (string missing in NativeLibraries.Missing)
        {
            screen.Error(missing);
        }

        int count = images.Samples.Length;
        var inspection = await ProgressDisplay.ShowAsync(
            screen,
            progress => Task.FromResult(ImageInspection.Run(images, threads, new Pictures(progress, count), cancellationToken))).ConfigureAwait(false);
        if (screen.IsJson)
        {
            screen.Json(ImageDocument.Of(images, inspection));
        }
        else
        {
            ImageTables.Show(screen, images, inspection);
        }

        return ExitCode.Done;
    }

    private sealed class Pictures(IProgress<TrainingProgress> progress, int count) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new TrainingProgress(Stage, value, count, ""));
    }
}
