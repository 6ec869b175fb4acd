namespace MedTune.Training;

/// <summary>How the features of a linear model are chosen again and again.</summary>
internal sealed record StabilityOptions
{
    /// <summary>Pairs of halves of the samples; each half is used. Default 50.</summary>
    public int Pairs { get; init; } = 50;

    /// <summary>The lasso share of the fits. Default 0.8: of features that say the same all may be chosen.</summary>
    public double LassoShare { get; init; } = 0.8;

    /// <summary>How many features a half may choose; 0, the default, for as many as let one false one be expected at a frequency of 0.75, and at most a quarter of the samples.</summary>
    public int Selected { get; init; }
}
