using System.Collections.Immutable;

namespace MedTune;

/// <summary>The prediction for one sample whose class is known.</summary>
/// <param name="Row">0-based data row of the file, or the picture's number.</param>
/// <param name="Fold">Outer fold, or -1 outside cross-validation.</param>
/// <param name="Target">Index of the true class.</param>
/// <param name="Predicted">Index of the class answered.</param>
/// <param name="Probabilities">One per class.</param>
/// <param name="Threshold">The threshold the answer was made with; NaN for several classes.</param>
/// <param name="Group">Samples of one patient share a number.</param>
public sealed record SamplePrediction(
    int Row, int Fold, int Target, int Predicted, ImmutableArray<double> Probabilities, double Threshold, int Group)
{
    /// <summary>How people find the sample where it is no row of a table: a picture's path in its folder; else null.</summary>
    public string? Name { get; init; }
}
