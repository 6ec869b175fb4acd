using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Fits the candidates to some samples, or finds their fits in the journal of the run.</summary>
internal sealed class GeneFits(Plan plan, GeneData data, FitJournal journal, TaskPool pool, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    private int _done;

    /// <summary>Fits that there will be.</summary>
    public int Total { get; set; }

    /// <summary>Fits candidates to samples, one after the other while the time lasts, and chooses.</summary>
    /// <param name="key">Names the samples in the journal.</param>
    /// <param name="rows">The samples.</param>
    /// <param name="candidates">The candidates, the safest first; the first is always fitted.</param>
    /// <param name="stream">Tells this fit's random choices from those of others.</param>
    /// <param name="isTooLong">Asked before each further candidate.</param>
    public GeneChoice Fit(string key, int[] rows, ImmutableArray<GeneCandidate> candidates, ulong stream, Func<bool> isTooLong)
    {
        var task = new GeneFitTask(data, rows, GeneSplit.Inner(plan, data, rows, plan.Seed + stream), plan.Seed + stream, pool, null, cancellation) { Explains = stream == 0 };
        var fits = new List<(string, GeneFit)>();
        foreach (var candidate in candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            if (fits.Count > 0 && isTooLong())
            {
                break;
            }

            progress?.Report(new TrainingProgress("training", _done, Total, candidate.Name));
            var record = journal.GetOrFit(string.Create(CultureInfo.InvariantCulture, $"{key}/{candidate.Name}"), kept => candidate.Fit(task, kept));
            fits.Add((candidate.Name, candidate.Build(data, record)));
            progress?.Report(new TrainingProgress("training", ++_done, Total, candidate.Name));
        }

        return GeneChoice.Of(plan, task, fits);
    }

    /// <summary>What a model answers for samples it has not seen.</summary>
    public GeneFold Judge(int fold, int[] rows, GeneChoice choice)
    {
        float[][] margins = [.. choice.Members.Select(member => member.Calibration.Apply(MarginsOf(member.Fit, rows)))];
        return new GeneFold(fold, rows, choice, margins, choice.Combine(margins));
    }

    private float[] MarginsOf(GeneFit fit, int[] rows)
    {
        using var runner = new GeneRunner(fit.Graph, data.InputName, GeneFit.MarginsName, pool);
        return data.Input == GeneForm.Sequence
            ? runner.Run(rows.Length, data.Length, i => data.Sequences[rows[i]])
            : runner.Run(rows.Length, data.Features.Length, i => data.Values.Slice(rows[i] * data.Features.Length, data.Features.Length));
    }
}
