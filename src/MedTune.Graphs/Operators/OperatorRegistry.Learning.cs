namespace MedTune.Graphs.Operators;

/// <content>Models of classical machine learning: the operators of <c>ai.onnx.ml</c>.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Learning => [];
}
