namespace MedTune.Data;

/// <summary>What a column is used for.</summary>
public enum ColumnRole
{
    /// <summary>An input of the model.</summary>
    Feature,

    /// <summary>What is predicted.</summary>
    Target,

    /// <summary>Says which rows belong to one patient.</summary>
    Patient,

    /// <summary>Says which hospital or device a row comes from.</summary>
    Site,

    /// <summary>Left out because the user said so.</summary>
    Dropped,

    /// <summary>Left out because of what it holds.</summary>
    LeftOut,
}
