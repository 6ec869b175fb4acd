namespace MedTune.Reports.Wording;

/// <summary>What a metric judges; also the order of the groups in tables.</summary>
internal enum MetricGroup
{
    /// <summary>Whether those with the outcome get higher risks than those without.</summary>
    Ranking,

    /// <summary>Whether the probabilities themselves hold.</summary>
    Probabilities,

    /// <summary>What happens when a threshold turns the probability into yes or no.</summary>
    Decision,

    /// <summary>Anything else.</summary>
    Other,
}
