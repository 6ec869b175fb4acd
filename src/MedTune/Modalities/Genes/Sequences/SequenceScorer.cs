using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>Runs a model over many sequences, a batch at a time.</summary>
internal static class SequenceScorer
{
    private const int LargestBatch = 64;

    /// <summary>The margins of some rows, one row after the other.</summary>
    /// <param name="graph">From <c>tokens</c> to <see cref="GeneFit.MarginsName"/>.</param>
    /// <param name="tokens">All sequences.</param>
    /// <param name="rows">Those that are wanted.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="cancellation">Asked before every batch.</param>
    public static float[] Score(Graph graph, SequenceRows tokens, int[] rows, TaskPool pool, CancellationToken cancellation)
    {
        if (rows.Length == 0)
        {
            return [];
        }

        int batch = Math.Min(LargestBatch, rows.Length);
        using var plan = ExecutionPlan.Compile(graph, new PlanOptions { Pool = pool }.WithBatch(batch));
        int width = plan.Output<float>(GeneFit.MarginsName).Length / batch;
        var margins = new float[rows.Length * width];
        for (int start = 0; start < rows.Length; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch, rows.Length - start);
            var input = plan.Input<long>(graph.Inputs[0].Name);
            for (int i = 0; i < count; i++)
            {
                tokens.Of(rows[start + i]).CopyTo(input[(i * tokens.Length)..]);
            }

            plan.Run();
            plan.Output<float>(GeneFit.MarginsName)[..(count * width)].CopyTo(margins.AsSpan(start * width));
        }

        return margins;
    }
}
