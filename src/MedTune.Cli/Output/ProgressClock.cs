namespace MedTune.Cli.Output;

/// <summary>How long a stage has taken and how long the rest will take if it goes on like that.</summary>
internal sealed class ProgressClock(TimeProvider time)
{
    private long _start = time.GetTimestamp();
    private int _first;
    private string? _stage;

    /// <summary>Takes note of progress; true when a new stage begins.</summary>
    public bool Note(TrainingProgress progress)
    {
        if (progress.Stage == _stage)
        {
            return false;
        }

        _stage = progress.Stage;
        _first = progress.Done; // a resumed run starts in the middle, and that part took no time
        _start = time.GetTimestamp();
        return true;
    }

    /// <summary>Since the stage began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>The time left, or null while nothing is finished.</summary>
    public TimeSpan? Left(TrainingProgress progress)
    {
        int finished = progress.Done - _first;
        return finished <= 0 ? null : Elapsed * ((double)Math.Max(0, progress.Total - progress.Done) / finished);
    }
}
