using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Modalities.Treatment;

/// <summary>Columns of a graph's values.</summary>
internal static class GraphColumns
{
    /// <summary>The same values for every row: Float [N, values].</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="like">[N, columns]: as many rows are made.</param>
    /// <param name="values">The values.</param>
    public static Value Constant(GraphBuilder builder, Value like, double[] values)
    {
        // Whether a cell is missing and not missing is 0 for every row.
        var first = Take(builder, like, 0);
        var nothing = builder.Cast(builder.And(builder.IsNaN(first), builder.Not(builder.IsNaN(first))), ElementType.Float);
        return builder.Add(nothing, builder.Constant(new Tensor<float>(new Shape(1, values.Length), Array.ConvertAll(values, value => (float)value)), "constants"));
    }

    /// <summary>One column: [N, 1].</summary>
    public static Value Take(GraphBuilder builder, Value matrix, int column) =>
        builder.Gather(matrix, builder.Constant(Tensor.Vector<long>([column]), "column"), 1);
}
