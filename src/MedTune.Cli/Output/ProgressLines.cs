using MedTune.Cli.Options;

namespace MedTune.Cli.Output;

/// <summary>Progress as plain lines: one when a stage begins, then one every ten seconds.</summary>
internal sealed class ProgressLines(TextWriter writer, TimeProvider time) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly ProgressClock _clock = new(time);
    private long _last;

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            bool isNew = _clock.Note(value);
            if (!isNew && time.GetElapsedTime(_last) < Pause)
            {
                return;
            }

            _last = time.GetTimestamp();
            string left = !isNew && _clock.Left(value) is { } rest ? $", about {DurationText.Write(rest)} left" : "";
            string count = value.Total > 0 ? $": {value.Done} of {value.Total}{left}" : "";
            writer.WriteLine($"{value.Stage}{count}");
        }
    }
}
