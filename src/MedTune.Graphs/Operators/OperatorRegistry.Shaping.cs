namespace MedTune.Graphs.Operators;

/// <content>Logic, comparisons, types, shapes, indices and text.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Shaping =>
        [];
}
