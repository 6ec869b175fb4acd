namespace MedTune.Modalities.Tabular;

/// <summary>Counts finished fits and tells the listener; safe to call from several threads. The members of a stack count as one final fit.</summary>
internal sealed class FitProgress(IProgress<TrainingProgress>? listener, string stage)
{
    private int _done;

    /// <summary>Number of fits of the run.</summary>
    public int Total { get; set; }

    public void Finished(string set, string candidate)
    {
        int done = Interlocked.Increment(ref _done);
        listener?.Report(new TrainingProgress(stage, Math.Min(done, Total), Total, $"{candidate}, {set}"));
    }
}
