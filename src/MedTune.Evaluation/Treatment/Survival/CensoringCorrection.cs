namespace MedTune.Evaluation;

/// <summary>How outcomes cut short by the end of follow-up are replaced.</summary>
public enum CensoringCorrection
{
    /// <summary>A complete time counts for those lost before it: time over the chance of still being followed; 0 for the lost.</summary>
    Weighted,

    /// <summary>The same, and the lost give what was to be expected of them: the same mean, a smaller spread.</summary>
    Augmented,
}
