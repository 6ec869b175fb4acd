namespace MedTune.Modalities.Tabular;

/// <summary>A set of rows to fit to, and the rows to predict with what was fitted.</summary>
/// <param name="Key">Names the set within the run.</param>
/// <param name="TrainRows">Rows to fit to.</param>
/// <param name="ScoreRows">Rows to predict.</param>
/// <param name="Stream">Tells the set's random numbers from those of the others.</param>
internal sealed record FitSet(string Key, int[] TrainRows, int[] ScoreRows, ulong Stream)
{
    /// <summary>The set of all training rows.</summary>
    public const string FinalKey = "final";
}
