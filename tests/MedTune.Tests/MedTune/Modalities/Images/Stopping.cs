namespace MedTune.Tests;

/// <summary>Stops a training on pictures after so many reports of progress.</summary>
internal sealed class Stopping(CancellationTokenSource cancellation, int after) : IProgress<TrainingProgress>
{
    private int _told;

    public void Report(TrainingProgress value)
    {
        if (value.Stage != "reading pictures" && Interlocked.Increment(ref _told) == after)
        {
            cancellation.Cancel();
        }
    }
}
