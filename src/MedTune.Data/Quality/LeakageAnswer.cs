namespace MedTune.Data;

/// <summary>What became of a leak suspect.</summary>
public enum LeakageAnswer
{
    /// <summary>It only warns; nobody had to answer.</summary>
    Warned,

    /// <summary>Its column was left out of the model with <c>--drop</c>.</summary>
    Dropped,

    /// <summary>A person took it as it is with <c>--accept</c>.</summary>
    Accepted,

    /// <summary>It must still be answered before training.</summary>
    Open,
}
