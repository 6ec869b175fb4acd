using System.Diagnostics;

namespace MedTune.Benchmarks;

/// <summary>Clock and medians: the machine may be shared, so single figures mean little.</summary>
internal static class Measure
{
    public static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Wall time, and processor time of all threads: on a busy machine the second leaves out the time others had the cores.</summary>
    public static (double Wall, double Cpu) SecondsAndCpu(Action action)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double wall = Seconds(action);
        return (wall, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
