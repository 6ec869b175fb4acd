using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What pooling over whole planes shares: [N, C, spatial...] gives [N, C, 1...].</summary>
internal abstract class GlobalPoolOperator : Operator
{
    private delegate T PlaneMap<T>(ReadOnlySpan<T> plane);

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("one axis", Sample.Values(1, 2, 3, 5));
            yield return new("two axes", Sample.Values(2, 2, 3, 4, 3));
            yield return new("three axes", Sample.Values(3, 1, 2, 2, 3, 4));
            yield return new("many planes", Sample.Values(5, 4, 40, 700)) { HasGolden = false, FloatTolerance = 1e-5 };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(4, 1, 2, length)) { HasGolden = false };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
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
        ElementType.Float => Compile<float>(context, Pool),
        ElementType.Double => Compile<double>(context, Pool),
        var other => throw context.Unsupported(other),
    };

    /// <summary>What one plane gives; it has at least one element.</summary>
    protected abstract float Pool(ReadOnlySpan<float> plane);

    /// <summary>The reference.</summary>
    protected abstract double Pool(ReadOnlySpan<double> plane);

    /// <summary>The spatial axes as the input that reductions and Spread take.</summary>
    protected static Value SpatialAxes(GradientContext context)
    {
        var type = context.Input(0).Type;
        return type.HasRank
            ? context.Builder.Constant(Tensor.Vector([.. Enumerable.Range(2, type.Rank - 2).Select(axis => (long)axis)]), "axes")
            : throw context.Error("its input's number of axes must be known to differentiate it.");
    }

    private static Action Compile<T>(KernelContext context, PlaneMap<T> map)
        where T : unmanaged
    {
        var shape = context.InputShape(0);
        int length = new Shape(shape.Extents[2..]).Length;
        if (length == 0)
        {
            throw context.Error("its planes have no elements.");
        }

        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Chunks.Each(context.Pool, y.Length, plane => y[plane] = map(x.Span.Slice(plane * length, length)), length);
    }
}
