using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Running sums along the axis that input 1 names: element i is the sum up to and with i, without i when exclusive = 1; from the other end when reverse = 1.
/// </summary>
internal sealed class CumSum : Operator
{
    public override string Name => "CumSum";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var (first, last) = (Tensor.Scalar(0L), Tensor.Scalar(-1L));
            yield return new("first axis", Sample.Values(1, 4, 3), first);
            yield return new("last axis", Sample.Values(2, 4, 3), last);
            yield return new("middle axis, exclusive", Sample.Values(3, 2, 4, 3), Tensor.Scalar(1L)) { Attributes = Attributes.None.With("exclusive", 1) };
            yield return new("reverse", Sample.Values(4, 7), first) { Attributes = Attributes.None.With("reverse", 1) };
            yield return new("reverse, exclusive", Sample.Values(5, 3, 5), Tensor.Scalar(1)) { Attributes = Attributes.None.With("reverse", 1).With("exclusive", 1) };
            yield return new("whole numbers", Sample.Longs(-9, 9, 6, 3, 4), last);
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(7, length, 3), first) { HasGolden = false };
            }
        }
    }

    public override bool NeedsConstant(int input) => input == 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32);
        context.Require(1, ElementType.Int64, ElementType.Int32);
        var axis = context.Longs(1);
        if (type.HasRank && !axis.IsDefault)
        {
            if (axis.Length != 1)
            {
                throw context.Error("its input 1 must be one number, the axis.");
            }

            context.Axis(axis[0], type.Rank);
        }

        return [type];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        // An element takes part in every sum from its place on, so its gradient is the running sum from the other end.
        var attributes = context.Attributes.With("reverse", 1 - context.Attributes.Int("reverse", 0));
        context.Set(0, context.Builder.Append(Name, [context.OutputGradient(), context.Input(1)], attributes));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        long axis = context.Constant(1) switch
        {
            Tensor<long> known => known.Values[0],
            Tensor<int> known => known.Values[0],
            _ => throw context.Error("its axis depends on the data; it must be a constant."),
        };
        var shape = context.InputShape(0);
        int place = (int)(axis < 0 ? axis + shape.Rank : axis);
        int extent = shape[place];
        int inner = new Shape(shape.Extents[(place + 1)..]).Length;
        bool isReverse = context.Attributes.Int("reverse", 0) == 1;
        bool isExclusive = context.Attributes.Int("exclusive", 0) == 1;
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            for (int start = 0; start < x.Length; start += extent * inner)
            {
                for (int lane = 0; lane < inner; lane++)
                {
                    T sum = T.Zero;
                    for (int i = 0; i < extent; i++)
                    {
                        int at = start + ((isReverse ? extent - 1 - i : i) * inner) + lane;
                        T next = sum + x[at];
                        y[at] = isExclusive ? sum : next;
                        sum = next;
                    }
                }
            }
        };
    }
}
