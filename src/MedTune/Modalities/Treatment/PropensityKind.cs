namespace MedTune.Modalities.Treatment;

/// <summary>Where propensities come from.</summary>
internal enum PropensityKind
{
    /// <summary>The trial's design says them.</summary>
    Known,

    /// <summary>Logistic regression with smooth terms.</summary>
    Smooth,

    /// <summary>Gradient boosting.</summary>
    Boosted,
}
