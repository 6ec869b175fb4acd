namespace MedTune.Graphs.Operators;

/// <summary>The product of the last two axes as matrices; axes before them broadcast; a vector is a row on the left and a column on the right.</summary>
internal sealed class MatMul : ProductOperator
{
    public override string Name => "MatMul";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("matrices", Sample.Values(1, 3, 5), Sample.Values(2, 5, 4)) { FloatTolerance = 1e-5 };
            yield return new("vector on the left", Sample.Values(3, 5), Sample.Values(4, 5, 4)) { FloatTolerance = 1e-5 };
            yield return new("vector on the right", Sample.Values(5, 9, 5), Sample.Values(6, 5)) { FloatTolerance = 1e-5 };
            yield return new("vectors", Sample.Values(7, 5), Sample.Values(8, 5)) { FloatTolerance = 1e-5 };
            yield return new("samples by one matrix", Sample.Values(9, 9, 2, 3), Sample.Values(10, 3, 2)) { FloatTolerance = 1e-5 };
            yield return new("batches", Sample.Values(11, 2, 3, 4), Sample.Values(12, 2, 4, 2)) { FloatTolerance = 1e-5 };
            yield return new("broadcast batches", Sample.Values(13, 2, 1, 2, 3), Sample.Values(14, 3, 3, 2)) { FloatTolerance = 1e-5 };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"depth {length}", Sample.Values(15, 3, length), Sample.Values(16, length, 5)) { HasGolden = false, FloatTolerance = 1e-4 };
                yield return new($"samples {length}", Sample.Values(17, length, 3), Sample.Values(18, 3, 2)) { HasGolden = false, FloatTolerance = 1e-4 };
            }
        }
    }

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (a, b, dy) = (context.Input(0), context.Input(1), context.OutputGradient());
        if (!a.Type.HasRank || !b.Type.HasRank)
        {
            throw context.Error("the ranks of its inputs are not known, so it cannot be differentiated.");
        }

        // Vectors become matrices, and so does the gradient that arrives.
        var (rowA, columnB) = (a.Type.Rank == 1, b.Type.Rank == 1);
        dy = columnB ? build.Unsqueeze(dy, -1) : dy;
        dy = rowA ? build.Unsqueeze(dy, -2) : dy;
        var left = rowA ? build.Unsqueeze(a, 0) : a;
        var right = columnB ? build.Unsqueeze(b, 1) : b;
        if (context.Needs(0))
        {
            var product = build.Append("BatchProduct", [dy, right], Attributes.None.With("transB", 1), InternalDomain);
            var gradient = build.SumTo(product, left);
            context.Set(0, rowA ? build.Squeeze(gradient, 0) : gradient);
        }

        if (context.Needs(1))
        {
            var gradient = right.Type.Rank == 2
                ? build.Append("SampleProduct", [left, dy], domain: InternalDomain)
                : build.SumTo(build.Append("BatchProduct", [left, dy], Attributes.None.With("transA", 1), InternalDomain), right);
            context.Set(1, columnB ? build.Squeeze(gradient, 1) : gradient);
        }
    }
}
