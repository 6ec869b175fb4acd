namespace MedTune.Evaluation;

/// <summary>What a metric is computed from, besides the targets.</summary>
[Flags]
public enum MetricNeeds
{
    /// <summary>The targets alone.</summary>
    None = 0,

    /// <summary>The probabilities.</summary>
    Probabilities = 1,

    /// <summary>What each row was called, hence a threshold.</summary>
    Decisions = 2,

    /// <summary>The fold of each row; without folds the metric is left out.</summary>
    Folds = 4,
}
