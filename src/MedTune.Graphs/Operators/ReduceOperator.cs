using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// An operator that reduces axes to one value each. Axes come as input 1 (set 18's form); all axes when there are none, unless
/// noop_with_empty_axes is set. The values to be reduced are brought together in rows, and the operator only says what a row gives.
/// </summary>
internal abstract class ReduceOperator : Operator
{
    public override int MinimumInputs => 1;

    public override int MaximumInputs => 2;

    /// <summary>Whether the operator is also defined on Int64 and Int32.</summary>
    protected virtual bool TakesWholeNumbers => false;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = TakesWholeNumbers
            ? context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32)
            : context.Require(0, ElementType.Float, ElementType.Double);
        bool keep = context.Attributes.Int("keepdims", 1) == 1;
        if (!type.HasRank || (context.Has(1) && context.Constant(1) is null))
        {
            // Without the axes only the rank can be said, and that only when it stays.
            return [new TensorType(type.Element, type.HasRank && keep ? [.. type.Dimensions.Select(_ => Dimension.Unknown)] : default)];
        }

        var reduced = Axes(context, type.Rank);
        var dimensions = ImmutableArray.CreateBuilder<Dimension>();
        for (int axis = 0; axis < type.Rank; axis++)
        {
            if (!reduced[axis])
            {
                dimensions.Add(type.Dimensions[axis]);
            }
            else if (keep)
            {
                dimensions.Add(1);
            }
        }

        return [new TensorType(type.Element, dimensions.ToImmutable())];
    }

    public override Action Compile(KernelContext context)
    {
        var shape = context.InputShape(0);
        var reduced = Axes(context.Attributes, context.Longs(1), shape.Rank, context.Error);
        var rows = RowGathering.For(shape, reduced);
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                return CompileFloat(context, rows);
            case ElementType.Double:
                return Scalar<double>(context, rows, Reduce);
            case ElementType.Int64:
                return Scalar<long>(context, rows, Reduce);
            case ElementType.Int32:
                var wide = context.Scratch<long>(rows.Width);
                return Scalar<int>(context, rows, row =>
                {
                    for (int i = 0; i < row.Length; i++)
                    {
                        wide[i] = row[i];
                    }

                    return (int)Reduce(wide.Span);
                });
            case var other:
                throw context.Unsupported(other);
        }
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        var axes = node.Attributes.Ints("axes");
        if (axes.IsDefault)
        {
            return node;
        }

        var input = builder.Constant(Tensor.Create(new Shape(axes.Length), axes.AsSpan()), "axes");
        return node with { Inputs = [node.Inputs[0], input.Name], Attributes = node.Attributes.Without("axes") };
    }

    /// <summary>Which axes are reduced.</summary>
    internal static bool[] Axes(ShapeContext context, int rank) =>
        Axes(context.Attributes, context.Has(1) ? context.Longs(1).AsSpan() : default, rank, context.Error);

    /// <summary>Appends the repetition of a reduced value (the gradient, the maximum) along the reduced axes of this node's input.</summary>
    /// <param name="context">The gradient being built.</param>
    /// <param name="value">A value of the output's shape.</param>
    /// <param name="mean">Also divide by the number of elements in a row.</param>
    protected static Value Spread(GradientContext context, Value value, bool mean = false)
    {
        var attributes = context.Attributes.With("mean", mean);
        return context.Has(1)
            ? context.Builder.Append("Spread", [value, context.Input(0), context.Input(1)], attributes, InternalDomain)
            : context.Builder.Append("Spread", [value, context.Input(0)], attributes, InternalDomain);
    }

    /// <summary>Appends a reduction of another value over this node's axes, in this node's form.</summary>
    protected static Value Again(GradientContext context, string opType, Value value) => context.Has(1)
        ? context.Builder.Append(opType, [value, context.Input(1)], context.Attributes)
        : context.Builder.Append(opType, [value], context.Attributes);

    /// <summary>What one row gives, in float; the row may have no element.</summary>
    protected abstract float Reduce(ReadOnlySpan<float> row);

    /// <summary>What one row gives: the reference.</summary>
    protected abstract double Reduce(ReadOnlySpan<double> row);

    /// <summary>What one row of whole numbers gives.</summary>
    protected virtual long Reduce(ReadOnlySpan<long> row) => throw new InvalidOperationException($"{Name} is not defined on whole numbers.");

    /// <summary>Every kind of axes over small shapes, and one case per length no vector divides.</summary>
    /// <param name="x">Makes the operand: seed, extents.</param>
    protected static IEnumerable<OperatorCase> ReduceCases(Func<uint, int[], Tensor<float>> x)
    {
        var drop = Attributes.None.With("keepdims", 0);
        yield return new("all", x(1, [3, 5]));
        yield return new("all, dropped", x(2, [3, 5])) { Attributes = drop };
        yield return new("last axis", x(3, [3, 5]), Tensor.Vector(-1L));
        yield return new("first axis", x(4, [3, 5]), Tensor.Vector(0L)) { Attributes = drop };
        yield return new("middle axis", x(5, [2, 4, 3]), Tensor.Vector(1L)) { Attributes = drop };
        yield return new("outer axes", x(6, [2, 3, 4]), Tensor.Vector(0L, 2L));
        yield return new("nothing to do", x(7, [2, 3])) { Attributes = Attributes.None.With("noop_with_empty_axes", 1) };
        foreach (int length in Sample.Lengths)
        {
            yield return new($"length {length}", x(8, [3, length]), Tensor.Vector(1L)) { HasGolden = false };
        }
    }

    internal static bool[] Axes(Attributes attributes, ReadOnlySpan<long> axes, int rank, Func<string, InvalidGraphException> error)
    {
        var reduced = new bool[rank];
        if (axes.IsEmpty)
        {
            reduced.AsSpan().Fill(attributes.Int("noop_with_empty_axes", 0) == 0);
        }

        foreach (long axis in axes)
        {
            if (axis < -rank || axis >= rank)
            {
                throw error($"axis {axis} does not exist; the input has rank {rank}.");
            }

            reduced[axis < 0 ? axis + rank : axis] = true;
        }

        return reduced;
    }

    private static Action Scalar<T>(KernelContext context, RowGathering rows, Func<ReadOnlySpan<T>, T> reduce)
        where T : unmanaged
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var scratch = rows.IsContiguous ? default : context.Scratch<T>(rows.Width);
        return () =>
        {
            for (int row = 0; row < rows.Count; row++)
            {
                y[row] = reduce(rows.Row(x.Span, row, scratch.Span));
            }
        };
    }

    private Action CompileFloat(KernelContext context, RowGathering rows)
    {
        var (x, y) = (context.Input<float>(0), context.Output<float>());
        if (!rows.IsContiguous)
        {
            return Scalar<float>(context, rows, Reduce);
        }

        return Chunks.Over(
            context.Pool,
            rows.Count,
            (start, count) =>
            {
                for (int row = start; row < start + count; row++)
                {
                    y[row] = Reduce(rows.Row(x.Span, row, []));
                }
            },
            rows.Width);
    }
}
