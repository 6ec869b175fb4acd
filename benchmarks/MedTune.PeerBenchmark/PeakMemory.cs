using System.Diagnostics;
using System.Globalization;

namespace MedTune.PeerBenchmark;

/// <summary>The largest resident memory of this process so far.</summary>
internal static class PeakMemory
{
    public static double Megabytes()
    {
        const string Status = "/proc/self/status";
        string? line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null
            ? Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0
            : long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
