using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>One kind of model fitted to some pictures.</summary>
/// <param name="Kind"><c>frozen</c> or <c>fine-tuned</c>.</param>
/// <param name="Setting">What was chosen or done, in words.</param>
/// <param name="Backbone">The network, as it was or with new weights.</param>
/// <param name="Margins">The head behind it.</param>
/// <param name="Calibration">From pictures that the fit had not seen.</param>
/// <param name="Threshold">From the same pictures; NaN for several classes.</param>
/// <param name="CheckedLosses">Log-loss of each picture to check on, in their order; the fit had not learned from them.</param>
internal sealed record ImageFit(
    string Kind, string Setting, ImageBackbone Backbone, LinearMargins Margins, MarginCalibration Calibration, double Threshold, ImmutableArray<double> CheckedLosses)
{
    /// <summary>Mean log-loss on the checked pictures.</summary>
    public double CheckedLoss => CheckedLosses.Average();

    /// <summary>Of several findings, calibration and threshold of each, in place of those above; empty for classes.</summary>
    public ImmutableArray<FindingDecision> Findings { get; init; } = [];

    /// <summary>The log-loss on checked pictures of each setting that was compared.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Losses { get; init; } = [];

    /// <summary>Of frozen features, the calibrated margins of every picture learned from by fits that had not seen its patient.</summary>
    public float[] OutOfFold { get; init; } = [];

    /// <summary>Of fine-tuning, the epochs that were done.</summary>
    public int Epochs { get; init; }

    /// <summary>Of fine-tuning with a search, how often a network was trained; else 0.</summary>
    public int Trials { get; init; }

    /// <summary>Of a search, everything that was tried.</summary>
    public ImmutableArray<TriedSetting> Tried { get; init; } = [];

    /// <summary>How it is calibrated: the name of the correction, or that only some findings have one.</summary>
    public string CalibrationName => Findings.Select(each => each.Calibration.Name).Distinct(StringComparer.Ordinal).ToArray() switch
    {
        [] => Calibration.Name,
        [var one] => one,
        _ => "platt for some",
    };

    /// <summary>One threshold for classes, one for each finding.</summary>
    public ImmutableArray<double> Thresholds => Findings.IsEmpty ? [Threshold] : [.. Findings.Select(each => each.Threshold)];

    /// <summary>Margins of pictures, calibrated.</summary>
    public float[] Calibrated(float[] margins) => Findings.IsEmpty
        ? Calibration.Apply(margins)
        : [.. margins.Select((margin, i) => Findings[i % Findings.Length].Calibration.Apply([margin])[0])];

    /// <summary>The place of the fit to keep: the first, which is the safest, unless a later one is better on the checked pictures by more than a standard error.</summary>
    /// <param name="fits">At least one, the safest first; checked on the same pictures.</param>
    public static int Preferred(ImmutableArray<ImageFit> fits)
    {
        int kept = 0;
        for (int other = 1; other < fits.Length; other++)
        {
            var (gain, error) = PairedDifference.Of(fits[kept].CheckedLosses.AsSpan(), fits[other].CheckedLosses.AsSpan());
            kept = gain > error ? other : kept;
        }

        return kept;
    }
}
