using System.Collections.Immutable;

namespace MedTune.Modalities.Tabular;

/// <summary>Out-of-fold predictions, and what all folds together decided for the final model.</summary>
/// <param name="Folds">One entry per outer fold.</param>
/// <param name="Final">The decision for the model that is fitted to all training rows.</param>
internal sealed record NestedValidationResult(ImmutableArray<FoldPrediction> Folds, Choice Final);
