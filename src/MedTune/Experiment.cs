using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Modalities.Genes;
using MedTune.Modalities.Tabular;

namespace MedTune;

/// <summary>Carries a plan out on a dataset.</summary>
public static class Experiment
{
    /// <summary>Trains, validates and seals the evidence; same plan, data and seed give the same bits on every machine.</summary>
    /// <param name="plan">What to do; <see cref="Plan.For(Dataset)"/> makes a default one.</param>
    /// <param name="dataset">The patients.</param>
    /// <param name="progress">Told after every finished fit.</param>
    /// <param name="cancellation">Stops at the next epoch or penalty.</param>
    /// <exception cref="PlanException">The plan does not fit the data.</exception>
    /// <exception cref="DataException">The data cannot be learned from.</exception>
    public static Task<Run> RunAsync(
        Plan plan, Dataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        RunAsync(plan, dataset, new ExperimentOptions(), progress, cancellation);

    /// <summary>The same, with folds, test data, threads or a checkpoint folder given.</summary>
    public static Task<Run> RunAsync(
        Plan plan, Dataset dataset, ExperimentOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        PlanCheck.Throw(plan);
        return Task.Run(() => new TabularExperiment(plan, dataset, options, progress, cancellation).Run(), cancellation);
    }

    /// <summary>The same on gene data.</summary>
    /// <param name="plan">What to do; <see cref="Plan.For(GeneSet)"/> makes a default one.</param>
    /// <param name="set">The samples.</param>
    /// <param name="options">Folds, threads or a checkpoint folder; null for none.</param>
    /// <param name="progress">Told after every finished fit.</param>
    /// <param name="cancellation">Stops before the next fit.</param>
    /// <exception cref="PlanException">The plan does not fit the data.</exception>
    /// <exception cref="DataException">The data cannot be learned from.</exception>
    public static Task<Run> RunAsync(
        Plan plan, GeneSet set, ExperimentOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(set);
        PlanCheck.Throw(plan);
        return Task.Run(() => new GeneExperiment(plan, set, options ?? new ExperimentOptions(), progress, cancellation).Run(), cancellation);
    }
}
