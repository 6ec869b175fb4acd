using Spectre.Console;

namespace MedTune.Cli.Output;

/// <summary>Progress as bars, one per stage.</summary>
internal sealed class ProgressBars(ProgressContext context, TimeProvider time) : IProgress<TrainingProgress>
{
    private const int LabelWidth = 42;

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
                _task = context.AddTask(Markup.Escape(Fixed(value.Stage)), maxValue: Math.Max(1, value.Total));
            }

            ProgressTask task = _task!;
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
            task.Description = Markup.Escape(Fixed(value.Detail.Length == 0 ? value.Stage : $"{value.Stage}: {value.Detail}"));
            TimeLeftColumn.Set(task, _clock.Left(value));
        }
    }

    // A label that always takes the same room, so that the bar beside it stays where it is.
    private static string Fixed(string label) => label.Length > LabelWidth ? label[..LabelWidth] : label.PadRight(LabelWidth);

    private void Finish()
    {
        if (_task is { } task)
        {
            task.Value = task.MaxValue;
            task.StopTask();
            TimeLeftColumn.Set(task, null);
        }
    }
}
