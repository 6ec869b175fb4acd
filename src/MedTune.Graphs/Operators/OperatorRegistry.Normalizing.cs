namespace MedTune.Graphs.Operators;

/// <content>Normalization layers, activations and trigonometry.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Normalizing => [];
}
