namespace MedTune.Data.Images;

/// <summary>Why a picture is left out.</summary>
public enum ImageExclusion
{
    /// <summary>It cannot be read.</summary>
    Unreadable,

    /// <summary>It has no label.</summary>
    Unlabelled,

    /// <summary>A side is shorter than 16 pixels.</summary>
    Tiny,

    /// <summary>It shows nothing.</summary>
    Blank,

    /// <summary>It is for training, and the same or almost the same picture is in a part that tests or validates.</summary>
    TwinElsewhere,
}
