using System.Globalization;

namespace MedTune.Graphs.Operators;

/// <summary>The extents of an attention: query head h looks at key head h / (QueryHeads / KeyHeads).</summary>
/// <param name="Batch">Samples.</param>
/// <param name="QueryHeads">Heads of the queries.</param>
/// <param name="KeyHeads">Heads of keys and values, of which <paramref name="QueryHeads"/> is a multiple.</param>
/// <param name="Queries">Length of the queries.</param>
/// <param name="Keys">Length of keys and values, those of the past included.</param>
/// <param name="Past">How many of the keys are from the past.</param>
/// <param name="Width">Features of a query and a key.</param>
/// <param name="ValueWidth">Features of a value.</param>
internal sealed record AttentionSizes(int Batch, int QueryHeads, int KeyHeads, int Queries, int Keys, int Past, int Width, int ValueWidth)
{
    /// <summary>Query heads that share a key head.</summary>
    public int Group => QueryHeads / KeyHeads;

    /// <summary>What the scores are multiplied with: the attribute scale, or 1 / sqrt(Width).</summary>
    public double Scale(Attributes attributes) => attributes.Has("scale") ? attributes.Float("scale", 1) : 1 / Math.Sqrt(Width);

    /// <summary>The sizes of a node with inputs Q, K, V and perhaps past keys (input 4), each [batch, heads, length, width] or [batch, length, heads · width].</summary>
    public static AttentionSizes Of(KernelContext context)
    {
        var (q, k, v) = (context.InputShape(0), context.InputShape(1), context.InputShape(2));
        int past = context.Has(4) ? context.InputShape(4)[2] : 0;
        if (q.Rank == 4)
        {
            return Checked(new AttentionSizes(q[0], q[1], k[1], q[2], k[2] + past, past, q[3], v[3]), context);
        }

        int heads = (int)context.Attributes.Int("q_num_heads", 0);
        int shared = (int)context.Attributes.Int("kv_num_heads", 0);
        return q[2] % heads == 0 && k[2] % shared == 0 && v[2] % shared == 0
            ? Checked(new AttentionSizes(q[0], heads, shared, q[1], k[1] + past, past, q[2] / heads, v[2] / shared), context)
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its features ({q}, {k}, {v}) cannot be divided among {heads} and {shared} heads."));
    }

    private static AttentionSizes Checked(AttentionSizes sizes, KernelContext context) => sizes.KeyHeads > 0 && sizes.QueryHeads % sizes.KeyHeads == 0
        ? sizes
        : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its {sizes.QueryHeads} query heads cannot share {sizes.KeyHeads} key heads."));
}
