using System.Collections.Immutable;

namespace MedTune.Modalities.Tabular;

/// <summary>The predictions for one outer fold by what the other folds decided.</summary>
/// <param name="Fold">The fold.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Choice">What the other folds decided.</param>
/// <param name="CandidateMargins">Calibrated margins of its rows by every candidate.</param>
internal sealed record FoldPrediction(int Fold, ImmutableArray<int> Rows, Choice Choice, ImmutableArray<float[]> CandidateMargins)
{
    /// <summary>Calibrated margins of the preferred candidate.</summary>
    public float[] Margins => CandidateMargins[Choice.Score.Candidate];
}
