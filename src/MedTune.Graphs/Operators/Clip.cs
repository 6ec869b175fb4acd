using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>min(max(x, lowest), highest): inputs 1 and 2 are optional scalars. NaN stays NaN. The gradient passes where x lies between the bounds, not on them.</summary>
internal sealed class Clip : Operator
{
    public override string Name => "Clip";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var (lowest, highest) = (Tensor.Scalar(-1.25f), Tensor.Scalar(1.5f));
            yield return new("both", Sample.Values(1, 3, 7), lowest, highest) { GradientInputs = [0] };
            yield return new("lowest", Sample.Values(2, 3, 7), lowest) { GradientInputs = [0] };
            yield return new("highest", Sample.Values(3, 3, 7), null, highest) { GradientInputs = [0] };
            yield return new("neither", Sample.Values(4, 7));
            yield return new("crossed", Sample.Values(5, 7), highest, lowest) { GradientInputs = [] };
            yield return new("whole numbers", Sample.Longs(-9, 9, 6, 7), Tensor.Scalar(-3L), Tensor.Scalar(4L));
            yield return new("bytes", Sample.Bytes(8, 7), Tensor.Scalar((byte)30), Tensor.Scalar((byte)200));
            yield return new("signed bytes", Sample.SignedBytes(9, 7), null, Tensor.Scalar((sbyte)5));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(7, length), lowest, highest) { HasGolden = false, GradientInputs = [0] };
            }
        }
    }

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.UInt8, ElementType.Int8);
        for (int limit = 1; limit <= 2; limit++)
        {
            if (context.Has(limit))
            {
                context.RequireSame(limit, 0);
                if (context.Input(limit).HasRank && context.Input(limit).Dimensions.Any(dimension => dimension.Value is not (null or 1)))
                {
                    throw context.Error($"its limit '{context.Node.Inputs[limit]}' is {context.Input(limit)}; a scalar was expected.");
                }
            }
        }

        return [type];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => CompileFloat(context),
        ElementType.Double => Scalar<double>(context, double.Max, double.Min),
        ElementType.Int64 => Scalar<long>(context, long.Max, long.Min),
        ElementType.Int32 => Scalar<int>(context, int.Max, int.Min),
        ElementType.UInt8 => Scalar<byte>(context, byte.Max, byte.Min),
        ElementType.Int8 => Scalar<sbyte>(context, sbyte.Max, sbyte.Min),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        Value At(int limit) => context.Has(limit) ? context.Input(limit) : default;
        context.Set(0, context.Builder.Append("ClipGradient", [context.OutputGradient(), context.Output(), At(1), At(2)], domain: InternalDomain));
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        // Until set 10 the limits were attributes.
        var (lowest, highest) = (node.Attributes.Has("min"), node.Attributes.Has("max"));
        if (opset > 10 || !(lowest || highest))
        {
            return node;
        }

        string Limit(string name) => builder.Constant(Tensor.Scalar(node.Attributes.Float(name, 0)), name).Name;
        return node with
        {
            Inputs = [node.Inputs[0], lowest ? Limit("min") : "", highest ? Limit("max") : ""],
            Attributes = node.Attributes.Without("min").Without("max"),
        };
    }

    private static Action CompileFloat(KernelContext context)
    {
        var (x, y) = (context.Input<float>(0), context.Output<float>());
        var lowest = context.Has(1) ? context.Input<float>(1) : default;
        var highest = context.Has(2) ? context.Input<float>(2) : default;
        return () =>
        {
            ElementWise.Map<MaximumKernel>(x.Span, lowest.Length > 0 ? lowest[0] : float.NegativeInfinity, y.Span);
            ElementWise.Map<MinimumKernel>(y.Span, highest.Length > 0 ? highest[0] : float.PositiveInfinity, y.Span);
        };
    }

    private static Action Scalar<T>(KernelContext context, Func<T, T, T> larger, Func<T, T, T> smaller)
        where T : unmanaged
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var lowest = context.Has(1) ? context.Input<T>(1) : default;
        var highest = context.Has(2) ? context.Input<T>(2) : default;
        return () =>
        {
            for (int i = 0; i < y.Length; i++)
            {
                T value = lowest.Length > 0 ? larger(x[i], lowest[0]) : x[i];
                y[i] = highest.Length > 0 ? smaller(value, highest[0]) : value;
            }
        };
    }
}
