using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>How a candidate did on samples it was not fitted to, with the setting and the calibration that were best there.</summary>
/// <param name="Candidate">Its place among the candidates.</param>
/// <param name="Setting">The setting with the smallest mean loss.</param>
/// <param name="Calibration">The calibration chosen.</param>
/// <param name="Losses">Loss of each sample at that setting, calibrated by what other folds gave.</param>
/// <param name="Margins">Margins of each sample at that setting, before calibration.</param>
/// <param name="SettingLosses">Mean loss of each setting.</param>
internal sealed record CandidateScore(
    int Candidate,
    int Setting,
    MarginCalibration Calibration,
    ImmutableArray<double> Losses,
    float[] Margins,
    ImmutableArray<double> SettingLosses)
{
    /// <summary>Standard error of each setting's mean loss.</summary>
    public ImmutableArray<double> SettingErrors { get; init; } = [];

    /// <summary>For a stack, the weight of each other candidate.</summary>
    public ImmutableArray<double> Weights { get; init; } = [];

    /// <summary>Mean loss over the samples.</summary>
    public double MeanLoss => Losses.Average();
}
