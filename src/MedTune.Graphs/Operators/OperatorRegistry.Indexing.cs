namespace MedTune.Graphs.Operators;

/// <content>Padding, scattering and index arithmetic.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Indexing => [];
}
