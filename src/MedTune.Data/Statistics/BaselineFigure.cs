namespace MedTune.Data;

/// <summary>What a line of a baseline table gives.</summary>
public enum BaselineFigure
{
    /// <summary>Mean and standard deviation of the rows with a value.</summary>
    Mean,

    /// <summary>Median and quartiles of the rows with a value, for columns whose mean is drawn away from the middle.</summary>
    Median,

    /// <summary>Rows with a level, and their share of the rows with a value.</summary>
    Level,

    /// <summary>Rows without a value, and their share of all.</summary>
    Missing,
}
