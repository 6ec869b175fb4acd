using MedTune.Graphs;

namespace MedTune.Modalities.Genes;

/// <summary>Answers samples of a table with a model's own graph.</summary>
internal static class GraphScorer
{
    private const int Chunk = 64;

    /// <summary>The margins of some samples.</summary>
    /// <param name="graph">From the data's input to <see cref="GeneFit.MarginsName"/>.</param>
    /// <param name="data">The samples.</param>
    /// <param name="rows">Which of them.</param>
    /// <returns>One row after the other.</returns>
    public static float[] Margins(Graph graph, GeneData data, ReadOnlySpan<int> rows)
    {
        var margins = new float[rows.Length * data.Margins];
        using var plans = new PlanCache(graph, new PlanOptions());
        for (int start = 0; start < rows.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, rows.Length - start);
            var plan = plans.ForBatch(count);
            var input = plan.Input<float>(data.InputName);
            for (int i = 0; i < count; i++)
            {
                data.RowOf(rows[start + i]).CopyTo(input[(i * data.Features.Length)..]);
            }

            plan.Run();
            plan.Output<float>(GeneFit.MarginsName).CopyTo(margins.AsSpan(start * data.Margins));
        }

        return margins;
    }
}
