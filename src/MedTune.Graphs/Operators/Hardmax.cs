namespace MedTune.Graphs.Operators;

/// <summary>1 at the largest element along an axis, the first of equals, and 0 elsewhere. It is flat and has no gradient.</summary>
internal sealed class Hardmax : SoftmaxOperator
{
    public override string Name => "Hardmax";

    public override IEnumerable<OperatorCase> Cases =>
        SoftmaxCases(1).Append(new("first of equals", Tensors.Tensor.Vector(1f, 3f, 2f, 3f)));

    protected override void MapRow(Span<float> first, ReadOnlySpan<float> second) => Mark(first);

    protected override void MapRow(Span<double> first, ReadOnlySpan<double> second) => Mark(first);

    private static void Mark<T>(Span<T> row)
        where T : System.Numerics.INumber<T>
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
        {
            best = row[i] > row[best] ? i : best;
        }

        row.Clear();
        if (row.Length > 0)
        {
            row[best] = T.One;
        }
    }
}
