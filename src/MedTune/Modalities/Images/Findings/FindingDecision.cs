using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>How the margin of a finding becomes an answer.</summary>
/// <param name="Calibration">From pictures that the fit had not seen.</param>
/// <param name="Threshold">The probability from which the finding is answered to be there; from the same pictures.</param>
internal sealed record FindingDecision(MarginCalibration Calibration, double Threshold);
