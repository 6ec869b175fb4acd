using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>One kind of model fitted to some pictures.</summary>
/// <param name="Kind"><c>frozen</c> or <c>fine-tuned</c>.</param>
/// <param name="Setting">What was chosen or done, in words.</param>
/// <param name="Backbone">The network, as it was or with new weights.</param>
/// <param name="Margins">The head behind it.</param>
/// <param name="Calibration">From pictures that the fit had not seen.</param>
/// <param name="Threshold">From the same pictures; NaN for several classes.</param>
/// <param name="CheckedLoss">Mean log-loss on the pictures to check on, which the fit had not learned from.</param>
internal sealed record ImageFit(
    string Kind, string Setting, ImageBackbone Backbone, LinearMargins Margins, MarginCalibration Calibration, double Threshold, double CheckedLoss)
{
    /// <summary>The log-loss on checked pictures of each setting that was compared.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Losses { get; init; } = [];

    /// <summary>Of frozen features, the calibrated margins of every picture learned from by fits that had not seen its patient.</summary>
    public float[] OutOfFold { get; init; } = [];

    /// <summary>Of fine-tuning, the epochs that were done.</summary>
    public int Epochs { get; init; }
}
