using System.Collections.Immutable;

namespace MedTune;

/// <summary>The prediction for one sample whose class is known.</summary>
/// <param name="Row">0-based data row of the file, or the picture's number.</param>
/// <param name="Fold">Outer fold, or -1 outside cross-validation.</param>
/// <param name="Target">Index of the true class; -1 for findings.</param>
/// <param name="Predicted">Index of the class answered; -1 for findings.</param>
/// <param name="Probabilities">One per class or finding.</param>
/// <param name="Threshold">The threshold the answer was made with; NaN for several classes and for findings.</param>
/// <param name="Group">Samples of one patient share a number.</param>
public sealed record SamplePrediction(
    int Row, int Fold, int Target, int Predicted, ImmutableArray<double> Probabilities, double Threshold, int Group)
{
    /// <summary>How people find the sample where it is no row of a table: a picture's path in its folder; else null.</summary>
    public string? Name { get; init; }

    /// <summary>Of findings, 1 for each that the sample has and 0 for each other; empty for classes.</summary>
    public ImmutableArray<int> Targets { get; init; } = [];

    /// <summary>Of findings, the threshold that each was answered with; empty for classes.</summary>
    public ImmutableArray<double> Thresholds { get; init; } = [];

    /// <summary>Whether a finding is answered to be there.</summary>
    /// <param name="finding">Its place.</param>
    public bool IsPresent(int finding) => Probabilities[finding] >= Thresholds[finding];
}
