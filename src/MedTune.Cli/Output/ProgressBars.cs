using MedTune.Cli.Options;
using Spectre.Console;

namespace MedTune.Cli.Output;

/// <summary>Progress as bars, one per stage.</summary>
internal sealed class ProgressBars(ProgressContext context, TimeProvider time) : IProgress<TrainingProgress>
{
    private readonly Lock _lock = new();
    private readonly ProgressClock _clock = new(time);
    private ProgressTask? _task;

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            if (_clock.Note(value))
            {
                Finish();
                _task = context.AddTask(Markup.Escape(value.Stage), maxValue: Math.Max(1, value.Total));
            }

            ProgressTask task = _task!;
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
            task.Description = Markup.Escape(value.Detail.Length == 0 ? value.Stage : $"{value.Stage}: {value.Detail}");
            task.State.Update<string>(TimeLeftColumn.Key, _ => _clock.Left(value) is { } left ? $"{DurationText.Write(left)} left" : "");
        }
    }

    private void Finish()
    {
        if (_task is { } task)
        {
            task.Value = task.MaxValue;
            task.StopTask();
            task.State.Update<string>(TimeLeftColumn.Key, _ => "");
        }
    }
}
