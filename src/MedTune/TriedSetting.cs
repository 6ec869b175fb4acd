using System.Collections.Immutable;

namespace MedTune;

/// <summary>One setting of a kind of model, and how it did on samples it was not fitted to.</summary>
/// <param name="Setting">The setting in words.</param>
/// <param name="Values">The numbers it stands for, by name.</param>
/// <param name="IsDrawn">Whether a search drew it; settings that are always tried are not drawn.</param>
/// <param name="LogLoss">Mean log-loss of all training samples, each predicted by a fit to the other outer folds, before calibration: what the
/// setting of the final model is chosen by. For pictures, of the calibrated answers on those kept back to check on.</param>
/// <param name="StandardError">Standard error of <paramref name="LogLoss"/> over the samples.</param>
/// <param name="IsPreferred">Whether it is its kind's setting for the final model.</param>
/// <param name="InnerLosses">Per outer fold the log-loss on the inner folds, which saw nothing of it: what the fold's setting is chosen by. Empty for pictures.</param>
/// <param name="PreferredIn">The outer folds, from 0, whose inner folds preferred it.</param>
public sealed record TriedSetting(
    string Setting,
    ImmutableArray<KeyValuePair<string, double>> Values,
    bool IsDrawn,
    double LogLoss,
    double StandardError,
    bool IsPreferred,
    ImmutableArray<double> InnerLosses,
    ImmutableArray<int> PreferredIn);
