using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>Why a model for measurements or genotypes answered as it did.</summary>
/// <remarks>Each effect is found by itself, with all other values as they are: effects need not add up, and describe the model, not causes.</remarks>
/// <param name="Answer">The answer itself.</param>
/// <param name="ExplainedClass">The class the log-odds speak for: the positive one of two, or of several the one answered (against the mean of all).</param>
/// <param name="LogOdds">Those of the answer.</param>
/// <param name="Effects">One for each gene or variant, in the order of the model.</param>
public sealed record GeneExplanation(Prediction Answer, string ExplainedClass, double LogOdds, ImmutableArray<GeneEffect> Effects)
{
    /// <summary>How effects are found, in one sentence.</summary>
    public const string Method = "the log-odds with the value of a sample, less those with it missing, which the model fills in from training samples";
}
