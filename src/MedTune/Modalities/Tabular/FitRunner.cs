using System.Collections.Concurrent;
using System.Collections.Immutable;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>Carries out fits, several at a time, and keeps each finished one in the journal.</summary>
/// <remarks>
/// Fits of the validation run side by side, each on one thread from begin to end; a single fit has all threads. None depends on another, and the
/// number of threads changes no bit.
/// </remarks>
internal sealed class FitRunner(TabularData data, FitJournal journal, ulong seed, int threads, Action<string, string> finished)
{
    /// <summary>Seed of the run.</summary>
    public ulong Seed => seed;

    /// <summary>Fits a candidate to every set and predicts the set's rows.</summary>
    /// <returns>By set: per setting, the margins of the rows to score.</returns>
    public IReadOnlyDictionary<string, ImmutableArray<float[]>> Run(
        IReadOnlyList<FitSet> sets, Candidate candidate, CancellationToken cancellation)
    {
        var results = new ConcurrentDictionary<string, ImmutableArray<float[]>>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(sets, options, set =>
                results[set.Key] = Scored(set, candidate, FeatureSpace.Measure(data, set.TrainRows), cancellation));
        }
        catch (AggregateException exception) when (exception.InnerExceptions.Count > 0)
        {
            // All failures have one cause in practice (a stop, a full disk); the first one says it.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return results;
    }

    /// <summary>The columns as measured on the rows that a set trains on.</summary>
    public FeatureSpace Measure(FitSet set) => FeatureSpace.Measure(data, set.TrainRows);

    /// <summary>Fits one candidate to a set and gives back its head with the weights of a setting.</summary>
    public TabularHead Fit(FitSet set, FeatureSpace space, Candidate candidate, int setting, CancellationToken cancellation)
    {
        using var pool = new TaskPool(threads);
        return candidate.Fitted(space, set.Stream, Record(set, candidate, space, pool, cancellation), setting);
    }

    private ImmutableArray<float[]> Scored(FitSet set, Candidate candidate, FeatureSpace space, CancellationToken cancellation)
    {
        var record = Record(set, candidate, space, TaskPool.Sequential, cancellation);
        var samples = candidate.Space(space).Samples;
        var margins = ImmutableArray.CreateBuilder<float[]>(candidate.Settings.Length);
        for (int setting = 0; setting < candidate.Settings.Length; setting++)
        {
            var head = candidate.Fitted(space, set.Stream, record, setting);
            margins.Add(HeadScores.Of(head.FromSamples(samples), head.Margin, samples, set.ScoreRows));
        }

        return margins.ToImmutable();
    }

    private FitRecord Record(FitSet set, Candidate candidate, FeatureSpace space, TaskPool pool, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = new FitTask(candidate.Space(space), [.. set.TrainRows], data.Groups, data.ClassCount, seed, set.Stream) { Pool = pool };
        var record = journal.GetOrFit($"{set.Key}/{candidate.Name}", progress => candidate.Fit(task, progress, cancellation));
        finished(set.Key, candidate.Name);
        return record;
    }
}
