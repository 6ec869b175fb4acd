namespace MedTune.Graphs.Operators;

/// <content>Numbers held as 8-bit integers.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Quantizing => new Operator[]
    {
        new ConvInteger(), new DequantizeLinear(), new DynamicQuantizeLinear(), new MatMulInteger(), new QLinearConv(), new QLinearMatMul(),
        new QuantizeLinear(),
    };
}
