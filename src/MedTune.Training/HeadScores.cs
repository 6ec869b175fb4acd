using MedTune.Graphs;

namespace MedTune.Training;

/// <summary>Runs a trained head over samples.</summary>
public static class HeadScores
{
    /// <summary>The margins of some rows in float precision, as the exported model computes them; one row after the other.</summary>
    public static float[] Of(Graph head, string margin, TrainingSamples samples, ReadOnlySpan<int> rows)
    {
        using var scorer = new SampleScorer(head, margin, rows.Length);
        return scorer.Score(samples, rows);
    }
}
