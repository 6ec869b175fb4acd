using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of Gather: the gradient of the output (input 0) added to the slices that the indices (input 1) name, in zeros of the shape of
/// input 2. Along axis 0 the indices' first axis is the samples: every row of the table sums its samples in the shards of
/// <see cref="SampleShards"/>. A row is summed by one owner in the order of the samples, so the bits depend on nothing else.
/// </summary>
internal sealed class GatherGradient : Operator
{
    public override string Name => "GatherGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("rows", Sample.Values(1, 2, 3, 3), Tensor.Create(new Shape(2, 3), [0L, 3, -1, 1, 1, -4]), Sample.Values(2, 4, 3)) { ConstantInputs = [], GradientInputs = [0] };
            yield return new("columns", Sample.Values(3, 3, 3), Tensor.Vector(3L, 0L, 3L), Sample.Values(4, 3, 4)) { ConstantInputs = [], GradientInputs = [0], Attributes = Attributes.None.With("axis", 1) };
            yield return new("one", Sample.Values(5, 4), Tensor.Scalar(2L), Sample.Values(6, 3, 4)) { ConstantInputs = [], GradientInputs = [0] };
            yield return new("many samples", Sample.Values(7, 21, 2, 2), Sample.Longs(-5, 4, 8, 21, 2), Sample.Values(9, 5, 2)) { ConstantInputs = [], GradientInputs = [0] };
        }
    }

    public override bool ReadsValues(int input) => input != 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64, ElementType.Int32);
        context.RequireSame(2, 0);
        return [context.Input(2)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Gather(context.OutputGradient(), context.Input(1), (int)context.Attributes.Int("axis", 0)));

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var shape = context.OutputShape();
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + shape.Rank : axis;
        var indices = new Indices(context, 1, shape[axis]);
        int width = new Shape(shape.Extents[(axis + 1)..]).Length;
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        if (axis > 0)
        {
            int blocks = new Shape(shape.Extents[..axis]).Length;
            return () => AddBlocks(dy.Span, dx.Span, indices, (blocks, shape[axis], width));
        }

        var indexShape = context.InputShape(1);
        int batch = indexShape.Rank == 0 ? 1 : indexShape[0];
        var starts = context.Scratch<int>(shape[0] + 1);
        var order = context.Scratch<int>(Math.Max(1, indices.Length));
        var partial = context.Scratch<T>(Math.Max(1, SampleShards.Filled(batch) * width));
        return () =>
        {
            SortByRow(indices, starts.Span, order.Span);
            dx.Span.Clear();
            for (int row = 0; row < starts.Length - 1; row++)
            {
                var positions = order.Span[starts[row]..starts[row + 1]];
                if (!positions.IsEmpty)
                {
                    SumRow(dy.Span, positions, (indices.Length / batch, batch), partial.Span, dx.Span.Slice(row * width, width));
                }
            }
        };
    }

    /// <summary>Counting sort: the positions of row r are <c>order[starts[r]..starts[r + 1]]</c>, ascending.</summary>
    private static void SortByRow(Indices indices, Span<int> starts, Span<int> order)
    {
        starts.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            starts[indices[i]]++;
        }

        int sum = 0;
        foreach (ref int start in starts)
        {
            (start, sum) = (sum, sum + start);
        }

        // Placing moves every start to its end; going backwards moves it back to where the row begins.
        for (int i = 0; i < indices.Length; i++)
        {
            order[starts[indices[i]]++] = i;
        }

        for (int row = starts.Length - 1; row > 0; row--)
        {
            starts[row] = starts[row - 1];
        }

        starts[0] = 0;
    }

    private static void SumRow<T>(ReadOnlySpan<T> dy, ReadOnlySpan<int> positions, (int PerSample, int Batch) layout, Span<T> partial, Span<T> row)
        where T : unmanaged, INumber<T>
    {
        int width = row.Length;
        partial.Clear();
        foreach (int position in positions)
        {
            int sample = position / layout.PerSample;
            int shard = (int)((long)SampleShards.Count * sample / layout.Batch);

            // With fewer samples than shards every sample fills one of its own.
            int filled = layout.Batch < SampleShards.Count ? sample : shard;
            var sum = partial.Slice(filled * width, width);
            var addend = dy.Slice(position * width, width);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += addend[i];
            }
        }

        SampleShards.AddTree(partial, SampleShards.Filled(layout.Batch), width);
        partial[..width].CopyTo(row);
    }

    private static void AddBlocks<T>(ReadOnlySpan<T> dy, Span<T> dx, Indices indices, (int Blocks, int Extent, int Width) layout)
        where T : unmanaged, INumber<T>
    {
        dx.Clear();
        int count = indices.Length;
        for (int i = 0; i < count; i++)
        {
            int place = indices[i];
            for (int block = 0; block < layout.Blocks; block++)
            {
                var sum = dx.Slice(((block * layout.Extent) + place) * layout.Width, layout.Width);
                var addend = dy.Slice(((block * count) + i) * layout.Width, layout.Width);
                for (int j = 0; j < sum.Length; j++)
                {
                    sum[j] += addend[j];
                }
            }
        }
    }
}
