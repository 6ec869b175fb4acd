namespace MedTune.Modalities.Treatment;

/// <summary>A kind of regression that learners are built on.</summary>
internal enum BaseKind
{
    /// <summary>Penalised linear with smooth terms and, where they help, products of the strongest.</summary>
    Smooth,

    /// <summary>Gradient boosting.</summary>
    Boosted,

    /// <summary>Gradient boosting of what the smooth model leaves, on its held-out answers.</summary>
    SmoothThenBoosted,
}
