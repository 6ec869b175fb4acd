namespace MedTune.Graphs.Operators;

/// <content>Pooling.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Imaging => new Operator[]
    {
        new AveragePool(), new AveragePoolGradient(), new GlobalAveragePool(), new GlobalMaxPool(), new MaxPool(), new MaxPoolGradient(),
    };
}
