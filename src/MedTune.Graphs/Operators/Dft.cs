using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The discrete Fourier transform along <c>axis</c> (1 by default) of [samples, ..., 1] or [samples, ..., 2] (real and imaginary part), cut or filled with zeros to the
/// length of input 1; with <c>inverse</c> its inverse, with <c>onesided</c> its first half alone.
/// </summary>
internal sealed class Dft : Operator
{
    public override string Name => "DFT";

    public override int SinceOpset => 17;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("real", Sample.Values(1, 1, 7, 3, 1)) { FloatTolerance = 1e-5 };
            yield return new("complex, second axis", Sample.Values(2, 2, 3, 6, 2)) { Attributes = Attributes.None.With("axis", 2), FloatTolerance = 1e-5 };
            yield return new("onesided", Sample.Values(3, 2, 8, 1)) { Attributes = Attributes.None.With("onesided", 1), FloatTolerance = 1e-5 };
            yield return new("inverse", Sample.Values(4, 1, 5, 2)) { Attributes = Attributes.None.With("inverse", 1), FloatTolerance = 1e-5 };
            yield return new("filled", Sample.Values(5, 1, 5, 2), Tensor.Scalar(8L)) { FloatTolerance = 1e-5 };
            yield return new("cut, onesided", Sample.Values(6, 1, 9, 2, 1), Tensor.Scalar(6L)) { Attributes = Attributes.None.With("onesided", 1).With("axis", -3), FloatTolerance = 1e-5 };
            yield return new("long", Sample.Values(7, 2, 257, 1)) { HasGolden = false, FloatTolerance = 1e-4 };
        }
    }

    public override bool NeedsConstant(int input) => input == 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        if (context.Has(1))
        {
            context.Require(1, ElementType.Int64, ElementType.Int32);
        }

        if (!x.HasRank)
        {
            return [x];
        }

        int axis = context.Axis(context.Attributes.Int("axis", 1), x.Rank);
        if (x.Rank < 2 || axis == x.Rank - 1 || x.Dimensions[^1].Value is not (null or 1 or 2))
        {
            throw context.Error($"its input is {x}; a last axis of 1 or 2 numbers, and another one to transform, were expected.");
        }

        bool isOneSided = context.Attributes.Int("onesided", 0) == 1;
        if (isOneSided && (x.Dimensions[^1].Value == 2 || context.Attributes.Int("inverse", 0) == 1))
        {
            throw context.Error("it is onesided, which only a forward transform of real numbers can be.");
        }

        var length = context.Has(1) ? Known(context) : x.Dimensions[axis];
        var count = isOneSided ? length.Value is int known ? (known / 2) + 1 : Dimension.Unknown : length;
        return [x with { Dimensions = x.Dimensions.SetItem(axis, count).SetItem(x.Rank - 1, 2) }];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        var length = context.Has(1) ? context.Input(1) : default;
        context.Set(0, context.Builder.Append("DFTGradient", [context.OutputGradient(), context.Input(0), length], context.Attributes, InternalDomain));
    }

    // Since set 20 the axis is an input.
    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        if (opset < 20)
        {
            return node;
        }

        bool isNamed = node.Inputs.Length > 2 && node.Inputs[2].Length > 0;
        long axis = !isNamed ? -2 : builder.Known(node.Inputs[2]) is Tensor<long> { Length: 1 } known
            ? known.Values[0]
            : throw new InvalidGraphException(NodeErrors.Sentence(node, "its axis depends on the data; it must be a constant."));
        return node with { Inputs = node.Inputs[..Math.Min(2, node.Inputs.Length)], Attributes = node.Attributes.With("axis", axis) };
    }

    /// <summary>The length of the transform: that of an input, or the axis's own.</summary>
    internal static int LengthOf(KernelContext context, int input, int extent)
    {
        long length = !context.Has(input) ? extent : context.Constant(input) switch
        {
            Tensor<long> { Length: 1 } known => known.Values[0],
            Tensor<int> { Length: 1 } known => known.Values[0],
            _ => throw context.Error("its length depends on the data; it must be a constant."),
        };
        return length is >= 1 and <= int.MaxValue ? (int)length : throw context.Error("its length must be at least 1.");
    }

    private static Dimension Known(ShapeContext context) => context.Longs(1) switch
    {
        { IsDefault: true } => Dimension.Unknown,
        [>= 1 and <= int.MaxValue and var length] => (int)length,
        _ => throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its length must be one number from 1 to {int.MaxValue}.")),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var shape = context.InputShape(0);
        int axis = (int)context.Attributes.Int("axis", 1);
        axis = axis < 0 ? axis + shape.Rank : axis;
        int length = LengthOf(context, 1, shape[axis]);
        if (context.OutputShape().Length == 0)
        {
            return () => { };
        }

        bool isInverse = context.Attributes.Int("inverse", 0) == 1;
        return new FourierLines(length, !isInverse, isInverse ? 1.0 / length : 1).Over<T>(context, axis);
    }
}
