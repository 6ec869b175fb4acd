using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>A fitted candidate with what it counts in the model.</summary>
/// <param name="Name">The kind of model.</param>
/// <param name="Fit">The fit.</param>
/// <param name="Calibration">Of its margins, by its inner folds.</param>
/// <param name="Weight">What it counts, 0 to 1; all of them sum to 1.</param>
/// <param name="CheckedLoss">Mean log-loss of its calibrated margins on samples it had not seen.</param>
internal sealed record GeneMember(string Name, GeneFit Fit, MarginCalibration Calibration, double Weight, double CheckedLoss);
