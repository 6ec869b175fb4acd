using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Graphs.Operators;

/// <summary>Axis i of the output is axis <c>perm[i]</c> of the input; by default the axes are reversed.</summary>
internal sealed class Transpose : MovementOperator
{
    public override string Name => "Transpose";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("matrix", Sample.Values(1, 3, 5));
            yield return new("rows stay", Sample.Values(2, 2, 3, 4)) { Attributes = Permuting(0, 2, 1) };
            yield return new("runs stay", Sample.Values(3, 2, 3, 4)) { Attributes = Permuting(1, 0, 2) };
            yield return new("four axes", Sample.Values(4, 2, 3, 4, 2)) { Attributes = Permuting(2, 0, 3, 1) };
            yield return new("scalar", Sample.Values(5));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(6, length, 3)) { HasGolden = false };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var input = context.Input(0);
        if (!input.HasRank)
        {
            var listed = context.Attributes.Ints("perm");
            return [new TensorType(input.Element, listed.IsDefault || listed.Length > 64 ? default : [.. Enumerable.Repeat(Dimension.Unknown, listed.Length)])];
        }

        int[] order = Order(context.Attributes, input.Rank) ?? throw context.Error(
            string.Create(CultureInfo.InvariantCulture, $"its attribute 'perm' is no permutation of the {input.Rank} axes of the input."));
        return [new TensorType(input.Element, [.. order.Select(axis => input.Dimensions[axis])])];
    }

    public override void Gradient(GradientContext context)
    {
        var permutation = context.Attributes.Ints("perm");
        var attributes = Attributes.None;
        if (!permutation.IsDefault)
        {
            int[] back = [.. permutation.Select(axis => (int)axis)];
            var inverse = new long[back.Length];
            for (int i = 0; i < inverse.Length; i++)
            {
                inverse[back[i]] = i;
            }

            attributes = attributes.With("perm", inverse);
        }

        context.Set(0, context.Builder.Append(Name, [context.OutputGradient()], attributes));
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var shape = places.Context.InputShape(0);
        int[] strides = StridedCopy.Strides(shape);
        int[] order = Order(places.Context.Attributes, shape.Rank)!;
        var copy = StridedCopy.For(places.Context.OutputShape().Extents, [.. order.Select(axis => strides[axis])], 0);
        var (x, y) = (places.Input(), places.Output());
        return () => copy.Gather(x(), y());
    }

    private static Attributes Permuting(params int[] permutation) => Attributes.None.With("perm", permutation);

    /// <summary>The order of the axes; null when the attribute is no permutation.</summary>
    private static int[]? Order(Attributes attributes, int rank)
    {
        var listed = attributes.Ints("perm");
        if (listed.IsDefault)
        {
            return [.. Enumerable.Range(0, rank).Reverse()];
        }

        var seen = new bool[rank];
        foreach (long axis in listed)
        {
            if (axis < 0 || axis >= rank || seen[axis])
            {
                return null;
            }

            seen[axis] = true;
        }

        return listed.Length == rank ? [.. listed.Select(axis => (int)axis)] : null;
    }
}
