using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>Why a model answered as it did: the log-odds, taken apart by raw column.</summary>
/// <remarks>Reference and contributions add up to the sample's log-odds. Contributions describe the model, not causes of disease.</remarks>
/// <param name="Answer">The answer itself.</param>
/// <param name="ExplainedClass">The class the log-odds speak for: the positive class, or for several classes the one answered (against the mean of all).</param>
/// <param name="LogOdds">The sample's log-odds; see <see cref="IsCalibrated"/>.</param>
/// <param name="ReferenceLogOdds">The reference patient's.</param>
/// <param name="Contributions">One per column, in the order of the manifest.</param>
/// <param name="Method">How the parts were found and what the reference is.</param>
public sealed record Explanation(
    Prediction Answer,
    string ExplainedClass,
    double LogOdds,
    double ReferenceLogOdds,
    ImmutableArray<Contribution> Contributions,
    string Method)
{
    /// <summary>Whether the log-odds are those of the answer itself, as for models moved to other data; else they are those before calibration.</summary>
    public bool IsCalibrated { get; init; }
}
