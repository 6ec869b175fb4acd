namespace MedTune.Graphs.Operators;

/// <content>Elementary functions, bits, windows and draws.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Elementary => new Operator[]
    {
        new Acos(), new Acosh(), new Asin(), new Asinh(), new Atan(), new Atanh(), new Cosh(), new Sinh(), new Tan(),
        new BitShift(), new BitwiseAnd(), new BitwiseNot(), new BitwiseOr(), new BitwiseXor(),
        new BlackmanWindow(), new HammingWindow(), new HannWindow(), new Hardmax(), new LpNormalization(), new ReverseSequence(),
    };
}
