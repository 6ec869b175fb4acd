using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x = y, broadcast, for numbers and truth values.</summary>
internal sealed class Equal : ComparisonOperator
{
    public override string Name => "Equal";

    public override IEnumerable<OperatorCase> Cases =>
        base.Cases.Append(new("truth", Tensor.Vector(true, true, false, false), Tensor.Vector(true, false, true, false)));

    protected override ReadOnlySpan<ElementType> Allowed =>
        [ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.Int8, ElementType.UInt8, ElementType.Bool];

    public override Action Compile(KernelContext context) =>
        context.ElementOf(0) == ElementType.Bool ? Pairs<bool, Truth>(context) : base.Compile(context);

    protected override Action Compile<T>(KernelContext context) => Pairs<T, Rule<T>>(context);

    private readonly struct Rule<T> : IRule<T>
        where T : INumber<T>
    {
        public static bool Holds(T x, T y) => x == y;
    }

    private readonly struct Truth : IRule<bool>
    {
        public static bool Holds(bool x, bool y) => x == y;
    }
}
