namespace MedTune.Reports;

/// <summary>How serious something found in the data is.</summary>
public enum FindingLevel
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>May mislead: worth a look before the figures are believed.</summary>
    Warning,

    /// <summary>Would have made the result worthless unless it was answered.</summary>
    Stop,
}
