using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The remainder of x / y, broadcast: with the sign of y, as in Python, or with fmod = 1 with the sign of x, as in C. Floating-point numbers need
/// fmod = 1; their remainder is exact. A whole number divided by 0 leaves 0.
/// </summary>
internal sealed class Mod : Operator
{
    public override string Name => "Mod";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var truncating = Attributes.None.With("fmod", 1);
            var (x, y) = (Tensor.Vector(-4L, 7, 5, 4, -7, 8), Tensor.Vector(2L, -3, 8, -2, 3, 5));
            yield return new("floating point", Tensor.Vector(-4.5f, 7.5f, 5.125f, 4.75f, -7.5f), Tensor.Vector(2.125f, -3.5f, 8f, -2f, 3f)) { Attributes = truncating };
            yield return new("a row", Sample.Values(1, 3, 4), Sample.Positive(4, 2, 4)) { Attributes = truncating };
            yield return new("sign of the divisor", x, y);
            yield return new("sign of the dividend", x, y) { Attributes = truncating };
            yield return new("a column", Sample.Longs(-50, 50, 3, 4, 3), Sample.Longs(1, 9, 4, 4, 1));
            yield return new("unsigned", Tensor.Vector(4u, 7u, 4000000000u), Tensor.Vector(2u, 3u, 7u));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        bool isTruncating = context.Attributes.Int("fmod", 0) != 0;
        var type = context.Require(
            0,
            ElementType.Float, ElementType.Double, ElementType.Float16, ElementType.Int64, ElementType.Int32, ElementType.Int16, ElementType.Int8,
            ElementType.UInt64, ElementType.UInt32, ElementType.UInt16, ElementType.UInt8);
        context.RequireSame(1, 0);
        if (!isTruncating && type.Element is ElementType.Float or ElementType.Double or ElementType.Float16)
        {
            throw context.Error("floating-point numbers need its attribute fmod = 1.");
        }

        return [new TensorType(type.Element, Broadcasting.Combine(context, 0, 1))];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => ElementPairs.Compile<float>(context, (x, y) => x % y),
        ElementType.Double => ElementPairs.Compile<double>(context, (x, y) => x % y),
        ElementType.Float16 => ElementPairs.Compile<Half>(context, (x, y) => (Half)((float)x % (float)y)),
        ElementType.Int64 => Whole<long>(context),
        ElementType.Int32 => Whole<int>(context),
        ElementType.Int16 => Whole<short>(context),
        ElementType.Int8 => Whole<sbyte>(context),
        ElementType.UInt64 => Whole<ulong>(context),
        ElementType.UInt32 => Whole<uint>(context),
        ElementType.UInt16 => Whole<ushort>(context),
        ElementType.UInt8 => Whole<byte>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>x - y · trunc(x / y), where the whole part of the quotient stands still.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var dy = context.OutputGradient();
        context.SetReduced(0, dy);
        if (context.Needs(1))
        {
            var whole = build.Divide(build.Subtract(context.Output(), context.Input(0)), context.Input(1));
            context.SetReduced(1, build.Multiply(dy, build.Append("Round", [whole])));
        }
    }

    private static Action Whole<T>(KernelContext context)
        where T : unmanaged, IBinaryInteger<T>
    {
        // The least number divided by -1 has no quotient in its type; the remainder by -1 is 0.
        T minusOne = T.Zero - T.One;
        bool isSigned = minusOne < T.Zero;
        bool isTruncating = context.Attributes.Int("fmod", 0) != 0;
        return ElementPairs.Compile<T>(context, (x, y) =>
        {
            if (y == T.Zero || (isSigned && y == minusOne))
            {
                return T.Zero;
            }

            T rest = x % y;
            return !isTruncating && rest != T.Zero && (rest < T.Zero) != (y < T.Zero) ? rest + y : rest;
        });
    }
}
