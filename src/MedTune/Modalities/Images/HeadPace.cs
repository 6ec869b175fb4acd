using System.Diagnostics;
using System.Globalization;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>How many pictures linear heads are fitted to, so that the fits keep a time limit.</summary>
internal static class HeadPace
{
    /// <summary>A head of fewer pictures is fitted in seconds.</summary>
    public const int Fewest = 2000;

    private const int FewTargets = 10_000;
    private const double LongestShare = 1.0 / 3;
    private const string Entry = "pictures of heads";
    private const string Most = "most";
    private const ulong Stream = 3;

    /// <summary>How many; null for all. The first head is fitted to a few pictures, and its time tells what all would take; the journal keeps the answer, so that a run that goes on has the same.</summary>
    /// <param name="data">All pictures.</param>
    /// <param name="features">What the network sees in them.</param>
    /// <param name="heads">How often a head is fitted in the run, at least.</param>
    /// <param name="limit">The run's time limit.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="journal">Keeps the answer.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="cancellation">Stops.</param>
    public static int? Measure(ImageData data, ImageFeatureSet features, int heads, TimeSpan limit, ulong seed, FitJournal journal, TaskPool pool, CancellationToken cancellation)
    {
        if (data.Rows <= Fewest || (long)data.Rows * (data.HasFindings ? data.ClassNames.Length : 1) <= FewTargets)
        {
            return null;
        }

        double most = journal.GetOrFit(Entry, _ =>
        {
            int[] classes = [.. Enumerable.Range(0, data.Rows).Select(row => data.HasFindings ? data.Labels[row][0] : data.Classes[row])];
            int[] drawn = Drawn(classes, Fewest, seed);
            long began = Stopwatch.GetTimestamp();
            HeadChoice.Of(
                features.Take(drawn), Array.ConvertAll(drawn, row => classes[row]), data.HasFindings ? 2 : data.ClassNames.Length, Array.ConvertAll(drawn, row => data.Groups[row]), seed, pool, null, cancellation);
            double each = Stopwatch.GetElapsedTime(began).TotalSeconds / Fewest * heads;
            double pictures = limit.TotalSeconds * LongestShare / each;
            return new FitRecord { [Most] = [pictures >= data.Rows ? double.PositiveInfinity : Math.Max(Fewest, Math.Floor(pictures / Fewest) * Fewest)] };
        })[Most][0];
        return double.IsInfinity(most) ? null : (int)most;
    }

    /// <summary>So many pictures, each class in its share, but 100 of a class at least where there are as many.</summary>
    /// <param name="classes">The class of each picture.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">The run's seed.</param>
    /// <returns>Their numbers, ascending; all where there are no more.</returns>
    public static int[] Drawn(int[] classes, int count, ulong seed)
    {
        if (classes.Length <= count)
        {
            return [.. Enumerable.Range(0, classes.Length)];
        }

        return
        [
            .. Enumerable.Range(0, classes.Length).GroupBy(row => classes[row]).OrderBy(own => own.Key).SelectMany(own =>
            {
                int[] rows = [.. own];
                int share = (int)((long)rows.Length * count / classes.Length);
                return EvidenceDraw.Sequence(rows, seed, Stream).Take(Math.Max(LeastOfAClass, share));
            }).Order(),
        ];
    }

    private const int LeastOfAClass = 100;

    /// <summary>The words of the log.</summary>
    public static string Words(int pictures) => string.Create(CultureInfo.InvariantCulture, $"linear heads learned from {pictures} pictures each");
}
