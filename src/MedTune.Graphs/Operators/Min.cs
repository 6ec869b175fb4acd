using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The smallest of the inputs, element by element, broadcast; NaN when any is NaN. The gradient goes to the first that is smallest.</summary>
internal sealed class Min : VariadicOperator
{
    public override string Name => "Min";

    public override IEnumerable<OperatorCase> Cases =>
    [
        .. VariadicCases(),
        new("unsigned", Tensor.Vector(3u, 4000000000u), Tensor.Vector(5u, 7u)) { ConstantInputs = [0, 1] },
        new("bytes", Sample.Bytes(14, 2, 3), Sample.Bytes(15, 3)),
        new("signed bytes", Sample.SignedBytes(16, 5), Sample.SignedBytes(17, 5)),
    ];

    protected override ReadOnlySpan<ElementType> OtherTypes => [ElementType.UInt8, ElementType.Int8, ElementType.Int16, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64, ElementType.Float16];

    public override void Gradient(GradientContext context)
    {
        for (int i = 0; i < context.InputCount; i++)
        {
            if (context.Needs(i))
            {
                Value[] values = [context.OutputGradient(), context.Output(), .. Enumerable.Range(0, i + 1).Select(context.Input)];
                context.SetReduced(i, context.Builder.Append("ExtremumGradient", values, domain: InternalDomain));
            }
        }
    }

    protected override Action CompileOther(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.UInt8 => Compile(context, Scalar<byte>(byte.Min)),
        ElementType.Int8 => Compile(context, Scalar<sbyte>(sbyte.Min)),
        ElementType.Int16 => Compile(context, Scalar<short>(short.Min)),
        ElementType.UInt16 => Compile(context, Scalar<ushort>(ushort.Min)),
        ElementType.UInt32 => Compile(context, Scalar<uint>(uint.Min)),
        ElementType.UInt64 => Compile(context, Scalar<ulong>(ulong.Min)),
        ElementType.Float16 => Compile(context, Scalar<Half>(Half.Min)),
        var other => throw context.Unsupported(other),
    };

    protected override void Join(ReadOnlySpan<float> x, Span<float> total)
    {
        if (x.Length == 1)
        {
            ElementWise.Map<MinimumKernel>(total, x[0], total);
        }
        else
        {
            ElementWise.Map<MinimumKernel>(total, x, total);
        }
    }

    protected override double Join(double total, double x) => Math.Min(total, x);

    protected override long Join(long total, long x) => Math.Min(total, x);
}
