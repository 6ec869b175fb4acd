namespace MedTune.Reports;

/// <summary>What the values of an <see cref="EffectGroup"/> measure.</summary>
public enum EffectScale
{
    /// <summary>Change of the log-odds; 0 is no effect.</summary>
    LogOdds,

    /// <summary>Ratio of odds, above 0; 1 is no effect. Drawn on a logarithmic axis.</summary>
    OddsRatio,

    /// <summary>A size without a direction, at least 0.</summary>
    Importance,
}
