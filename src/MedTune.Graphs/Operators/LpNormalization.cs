using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x divided by its norm along an axis (the last by default): the root of the sum of squares (p = 2, the default) or the sum of sizes (p = 1). Where the norm is 0, 0 stays.</summary>
internal sealed class LpNormalization : Operator
{
    public override string Name => "LpNormalization";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("squares", Sample.Values(1, 3, 5)) { FloatTolerance = 1e-5 };
            yield return new("sizes, middle axis", Sample.Values(2, 2, 4, 3)) { Attributes = Attributes.None.With("p", 1).With("axis", 1), FloatTolerance = 1e-5 };
            yield return new("nothing", new Tensor<float>(new Shape(2, 3))) { GradientInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        if (x.HasRank)
        {
            context.Axis(context.Attributes.Int("axis", -1), x.Rank);
        }

        return context.Attributes.Int("p", 2) is 1 or 2 ? [x] : throw context.Error("its p must be 1 or 2.");
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>(dy - slope of the norm · sum of dy · y) / norm.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (x, y, dy) = (context.Input(0), context.Output(), context.OutputGradient());
        bool isSquare = context.Attributes.Int("p", 2) == 2;
        var axes = build.Constant(Tensor.Vector(context.Attributes.Int("axis", -1)), "axes");
        var norm = build.Append(isSquare ? "ReduceL2" : "ReduceL1", [x, axes]);
        var along = build.Append("ReduceSum", [build.Multiply(dy, y), axes]);
        var slope = isSquare ? y : build.Sign(x);
        context.Set(0, build.Divide(build.Subtract(dy, build.Multiply(slope, along)), norm));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, IRootFunctions<T>
    {
        var shape = context.InputShape(0);
        int axis = (int)context.Attributes.Int("axis", -1);
        axis = axis < 0 ? axis + shape.Rank : axis;
        int step = new Shape(shape.Extents[(axis + 1)..]).Length;
        int extent = shape[axis];
        bool isSquare = context.Attributes.Int("p", 2) == 2;
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        int lines = extent == 0 ? 0 : shape.Length / extent;
        return () =>
        {
            for (int line = 0; line < lines; line++)
            {
                int start = ((line / step) * extent * step) + (line % step);
                T norm = T.Zero;
                for (int i = 0; i < extent; i++)
                {
                    T value = x[start + (i * step)];
                    norm += isSquare ? value * value : T.Abs(value);
                }

                norm = isSquare ? T.Sqrt(norm) : norm;
                for (int i = 0; i < extent; i++)
                {
                    y[start + (i * step)] = norm == T.Zero ? T.Zero : x[start + (i * step)] / norm;
                }
            }
        };
    }
}
