namespace MedTune.Data;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Something was found and handled; worth knowing.</summary>
    Note,

    /// <summary>Something was found that can mislead; a person should look at it.</summary>
    Warning,

    /// <summary>Training stops until a person answers (<c>--accept</c> with the finding's code, or <c>--drop</c>).</summary>
    Stop,
}
