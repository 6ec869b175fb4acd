using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The norm of every plane: the p-th root of the sum of the p-th powers of its elements' sizes (p = 2 by default).</summary>
internal sealed class GlobalLpPool : Operator
{
    public override string Name => "GlobalLpPool";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("squares", Sample.Values(1, 2, 3, 4, 3)) { FloatTolerance = 1e-5 };
            yield return new("sizes, one axis", Sample.Values(2, 2, 3, 5)) { Attributes = Attributes.None.With("p", 1), FloatTolerance = 1e-5 };
            yield return new("cubes, three axes", Sample.Values(3, 1, 2, 2, 3, 4)) { Attributes = Attributes.None.With("p", 3), FloatTolerance = 1e-5 };
            yield return new("many planes", Sample.Values(4, 4, 40, 700)) { HasGolden = false, FloatTolerance = 1e-4 };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        LpPool.Order(context.Attributes, context.Error);
        var type = context.Require(0, ElementType.Float, ElementType.Double);
        if (!type.HasRank)
        {
            return [type];
        }

        PoolOperator.SpatialAxes(type.Rank, context.Error);
        return [new TensorType(type.Element, [.. type.Dimensions[..2], .. type.Dimensions[2..].Select(_ => Dimension.FromValue(1))])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>dx = dy · sign(x) · (|x| / y)^(p-1).</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        int p = LpPool.Order(context.Attributes, context.Error);
        var (x, share) = (context.Input(0), context.OutputGradient());
        var size = build.Abs(x);
        for (int i = 1; i < p; i++)
        {
            share = build.Divide(build.Multiply(share, size), context.Output());
        }

        context.Set(0, build.Multiply(share, build.Sign(x)));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        int p = LpPool.Order(context.Attributes, context.Error);
        int length = new Shape(context.InputShape(0).Extents[2..]).Length;
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Chunks.Each(
            context.Pool,
            y.Length,
            plane =>
            {
                T sum = T.Zero;
                foreach (T value in x.Span.Slice(plane * length, length))
                {
                    sum += LpPool.Power(T.Abs(value), p);
                }

                y[plane] = LpPool.Root(sum, p);
            },
            length);
    }
}
