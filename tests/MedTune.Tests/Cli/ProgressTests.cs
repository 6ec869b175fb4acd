using System.Globalization;
using MedTune.Cli.Output;

namespace MedTune.Tests.Cli;

public sealed class ProgressTests
{
    [Fact]
    public void Lines_Stage_BeginsWithALineAndThenOneEveryTenSeconds()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var time = new HandClock();
        var lines = new ProgressLines(writer, time);
        lines.Report(new TrainingProgress("training", 0, 40, ""));
        for (int i = 1; i <= 24; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            lines.Report(new TrainingProgress("training", i, 40, "a fit"));
        }

        lines.Report(new TrainingProgress("judging", 0, 2, ""));
        Assert.Equal("training: 0 of 40\ntraining: 10 of 40, about 30 s left\ntraining: 20 of 40, about 20 s left\njudging: 0 of 2\n", writer.ToString());
    }

    [Fact]
    public void Clock_ResumedRun_CountsOnlyWhatItDid()
    {
        var time = new HandClock();
        var clock = new ProgressClock(time);
        clock.Note(new TrainingProgress("training", 30, 40, ""));
        Assert.Null(clock.Left(new TrainingProgress("training", 30, 40, "")));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), clock.Left(new TrainingProgress("training", 35, 40, "")));
    }

    private sealed class HandClock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
