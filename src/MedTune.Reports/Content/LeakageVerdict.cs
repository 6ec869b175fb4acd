namespace MedTune.Reports;

/// <summary>What came of one check for leaks.</summary>
public enum LeakageVerdict
{
    /// <summary>Nothing was found, or the way it was done rules it out.</summary>
    Clear,

    /// <summary>What was found was left out of the model.</summary>
    LeftOut,

    /// <summary>What was found was taken as it is, because a person said so.</summary>
    Accepted,

    /// <summary>Something was found that may make the figures too good.</summary>
    Warning,

    /// <summary>The data do not tell.</summary>
    Unknown,

    /// <summary>Something was found that nobody has answered.</summary>
    Open,
}
