using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that compares pairs of numbers. Every comparison with NaN is false.</summary>
internal abstract class ComparisonOperator : PredicateOperator
{
    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("equal shapes", Tensor.Vector(1f, 2f, 3f, -0f), Tensor.Vector(2f, 2f, 2f, 0f));
            yield return new("not a number", Tensor.Vector(1f, float.NaN, float.NaN), Tensor.Vector(float.NaN, 1f, float.NaN));
            yield return new("infinite", Tensor.Vector(float.PositiveInfinity, float.NegativeInfinity), Tensor.Vector(float.PositiveInfinity, 0f));
            yield return new("a row", Sample.Values(1, 3, 5), Sample.Values(2, 5));
            yield return new("a column", Sample.Longs(-3, 3, 3, 4, 3), Sample.Longs(-3, 3, 4, 4, 1));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(5, length), Sample.Values(6, length)) { HasGolden = false };
            }
        }
    }

    protected override ReadOnlySpan<ElementType> Allowed =>
        [ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.Int8, ElementType.UInt8];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        ElementType.Int8 => Compile<sbyte>(context),
        ElementType.UInt8 => Compile<byte>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>The forward for one type of numbers.</summary>
    protected abstract Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>;
}
