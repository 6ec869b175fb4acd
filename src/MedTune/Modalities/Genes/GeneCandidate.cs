using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>A way to make a model from samples with gene data; what it must choose (penalties, epochs) it chooses by the inner folds.</summary>
internal abstract class GeneCandidate
{
    /// <summary>The kind of model as plans name it.</summary>
    public abstract string Name { get; }

    /// <summary>Fits to the rows of a task; the same task gives the same bits whatever the number of threads.</summary>
    /// <param name="task">Rows, folds and seed.</param>
    /// <param name="progress">Where a long fit keeps how far it got.</param>
    /// <returns>What <see cref="Build"/> needs.</returns>
    public abstract FitRecord Fit(GeneFitTask task, FitProgressFile progress);

    /// <summary>The fitted model.</summary>
    public abstract GeneFit Build(GeneData data, FitRecord record);
}
