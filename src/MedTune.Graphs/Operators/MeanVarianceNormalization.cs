using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>(x - mean) / (deviation + 1e-9), mean and standard deviation over the attribute axes: 0, 2 and 3 by default.</summary>
internal sealed class MeanVarianceNormalization : Operator
{
    private const float Epsilon = 1e-9f;

    public override string Name => "MeanVarianceNormalization";

    public override int SinceOpset => 9;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("images", Sample.Values(1, 3, 2, 2, 3)) { FloatTolerance = 1e-5 };
            yield return new("last axis", Sample.Values(2, 3, 5)) { Attributes = Attributes.None.With("axes", new long[] { -1 }), FloatTolerance = 1e-5 };
            yield return new("first and last axis", Sample.Values(3, 3, 2, 4)) { Attributes = Attributes.None.With("axes", new long[] { 0, 2 }), FloatTolerance = 1e-5 };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double);
        if (type.HasRank)
        {
            foreach (long axis in Axes(context.Attributes))
            {
                context.Axis(axis, type.Rank);
            }
        }

        return [type];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, Reductions.Sum, Reductions.Dot, MathF.Sqrt),
        ElementType.Double => Compile<double>(context, Reductions.Sum, Reductions.Dot, Math.Sqrt),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var x = context.Input(0);
        long[] axes = Axes(context.Attributes);
        var centered = build.Subtract(x, build.ReduceMean(x, axes));
        var deviation = build.Sqrt(build.ReduceMean(build.Multiply(centered, centered), axes));
        var inverse = build.Reciprocal(build.Add(deviation, build.Scalar(Epsilon, x)));
        context.Set(0, Standardization.Gradient(build, context.OutputGradient(), context.Output(), inverse, axes));
    }

    private static long[] Axes(Attributes attributes) => attributes.Ints("axes") is { IsDefault: false } listed ? [.. listed] : [0, 2, 3];

    private static Action Compile<T>(KernelContext context, Func<ReadOnlySpan<T>, T> sum, Func<ReadOnlySpan<T>, ReadOnlySpan<T>, T> dot, Func<T, T> root)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        var along = new bool[shape.Rank];
        foreach (long axis in Axes(context.Attributes))
        {
            along[axis < 0 ? axis + along.Length : axis] = true;
        }

        var rows = RowGathering.For(shape, along);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var scratch = context.Scratch<T>(rows.Width);
        T count = T.CreateChecked(rows.Width);
        T epsilon = T.CreateChecked(Epsilon);
        return () =>
        {
            var row = scratch.Span;
            for (int r = 0; r < rows.Count; r++)
            {
                rows.Row<T>(x.Span, r, row).CopyTo(row);
                T mean = sum(row) / count;
                foreach (ref T value in row)
                {
                    value -= mean;
                }

                T deviation = root(dot(row, row) / count) + epsilon;
                foreach (ref T value in row)
                {
                    value /= deviation;
                }

                rows.Store<T>(row, r, y.Span);
            }
        };
    }
}
