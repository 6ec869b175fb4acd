using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <content>What transformers are fused into, and its gradients.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Attending => new Operator[]
    {
        new GeluGradient(),
    };

    /// <summary>The operators that stand for several ONNX ones, which are their references; not among <see cref="All"/>.</summary>
    public static ImmutableArray<Operator> Fused => field.IsDefault ? field = [new HeadAttention(), new HeadAttentionGradient(), new FinishedProduct()] : field;
}
