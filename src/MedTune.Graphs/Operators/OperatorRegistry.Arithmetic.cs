namespace MedTune.Graphs.Operators;

/// <content>Element-wise arithmetic, matrix products, reductions, normalization and losses.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Arithmetic =>
        new Operator[]
        {
            new Add(), new Gemm(), new ReduceSum(), new Relu(), new ReluGradient(), new Spread(), new SumTo(),
        };
}
