using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>How one kind of model did in cross-validation.</summary>
/// <param name="Name">The kind of model, or how the source model was adapted.</param>
/// <param name="Setting">The setting preferred for the final model.</param>
/// <param name="LogLoss">Out-of-fold log-loss, each fold with the setting its inner folds chose.</param>
/// <param name="Auroc">Mean over the folds of the AUROC (two classes), or NaN.</param>
/// <param name="IsChosen">Whether the final model is of this kind.</param>
/// <param name="TimesChosen">In how many outer folds it was preferred.</param>
/// <param name="SettingLosses">Validation log-loss of each setting, for the final decision.</param>
public sealed record CandidateResult(
    string Name,
    string Setting,
    double LogLoss,
    double Auroc,
    bool IsChosen,
    int TimesChosen,
    ImmutableArray<KeyValuePair<string, double>> SettingLosses)
{
    /// <summary>For a stack, the candidates it is made of and what each counts; the shares are above 0 and sum to 1. Empty for others.</summary>
    public ImmutableArray<KeyValuePair<string, double>> Shares { get; init; } = [];

    /// <summary>Every setting that was tried, those that are always tried first; empty for a stack.</summary>
    public ImmutableArray<TriedSetting> Tried { get; init; } = [];

    /// <summary>This candidate against the chosen one on the same out-of-fold rows, this one minus that; null for the chosen one.</summary>
    public PairedComparison? AgainstChosen { get; init; }

    /// <summary>Out-of-fold probabilities: one per class and row, the rows of a fold together, folds ascending.</summary>
    internal ImmutableArray<double> Probabilities { get; init; } = [];
}
