using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Elements of a value seen along some axes of one's own: element (i, j, ...) lies at Offset + i · Strides[0] + j · Strides[1] + ... of the row-major value. It
/// can be followed back through nodes that only rearrange, to the value whose memory holds the same elements already.
/// </summary>
/// <param name="Source">The value.</param>
/// <param name="Offset">Where the first element lies.</param>
/// <param name="Extents">Elements along each axis.</param>
/// <param name="Strides">Elements from one to the next along each axis.</param>
internal sealed record StridedView(string Source, int Offset, ImmutableArray<int> Extents, ImmutableArray<int> Strides)
{
    /// <summary>A whole value along its own axes.</summary>
    public static StridedView Of(string name, Shape shape) => new(name, 0, [.. shape.Extents], [.. StridedCopy.Strides(shape)]);

    /// <summary>The same elements in the input of the node that gave the source; null when it does more than rearrange, or the elements do not lie at regular steps there.</summary>
    /// <param name="analysis">The graph with concrete shapes.</param>
    /// <param name="node">The node that gives <see cref="Source"/>.</param>
    public StridedView? Before(PlanAnalysis analysis, Node node)
    {
        if (MemoryPlan.IsView(node))
        {
            return this with { Source = node.Inputs[0] };
        }

        if (node.Domain.Length > 0 || node.OpType is not ("Transpose" or "Split" or "Gather"))
        {
            return null;
        }

        var input = Concrete(analysis, node.Inputs[0]);
        int[] strides = StridedCopy.Strides(input);
        return node.OpType switch
        {
            "Transpose" => Moved(analysis, node.Inputs[0], [.. Permutation(node, input.Rank).Select(axis => strides[axis])], 0),
            "Split" => Part(analysis, node, input, strides),
            _ => Picked(analysis, node, input, strides),
        };
    }

    private static Shape Concrete(PlanAnalysis analysis, string name) => TensorStorage.Concrete(analysis.TypeOf(name))!.Value;

    private static IEnumerable<int> Permutation(Node node, int rank) =>
        node.Attributes.Ints("perm") is { IsDefault: false } listed ? listed.Select(axis => (int)axis) : Enumerable.Range(0, rank).Reverse();

    private static int Axis(Node node, int rank) => (int)node.Attributes.Int("axis", 0) is var axis && axis < 0 ? axis + rank : axis;

    /// <summary>The view in the input of a Split.</summary>
    private StridedView? Part(PlanAnalysis analysis, Node node, Shape input, int[] strides)
    {
        int axis = Axis(node, input.Rank);
        int part = node.Outputs.IndexOf(Source);
        int start = part * ((input[axis] + node.Outputs.Length - 1) / node.Outputs.Length);
        if (node.Inputs.Length > 1 && node.Inputs[1].Length > 0)
        {
            if (analysis.Known(node.Inputs[1]) is not Tensor<long> listed)
            {
                return null;
            }

            start = (int)listed.Values.ToArray().Take(part).Sum();
        }

        return Moved(analysis, node.Inputs[0], strides, start * strides[axis]);
    }

    /// <summary>A Gather of one known place along an axis.</summary>
    private StridedView? Picked(PlanAnalysis analysis, Node node, Shape input, int[] strides)
    {
        if (analysis.Known(node.Inputs[1]) is not Tensor<long> { Shape.Rank: 0 } place)
        {
            return null;
        }

        int axis = Axis(node, input.Rank);
        int index = (int)place.Values[0];
        return Moved(analysis, node.Inputs[0], [.. strides.Where((_, i) => i != axis)], (index < 0 ? index + input[axis] : index) * strides[axis]);
    }

    /// <summary>The view with every axis of the source moved to other strides.</summary>
    private StridedView? Moved(PlanAnalysis analysis, string name, int[] moved, int start)
    {
        var shape = Concrete(analysis, Source);
        int[] own = StridedCopy.Strides(shape);
        int[] last = new int[shape.Rank];
        int offset = start;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            last[axis] = shape[axis] == 0 ? 0 : Offset / own[axis] % shape[axis];
            offset += last[axis] * moved[axis];
        }

        int[] strides = new int[Extents.Length];
        for (int i = 0; i < strides.Length; i++)
        {
            int axis = Extents[i] <= 1 ? -1 : Enumerable.Range(0, shape.Rank).FirstOrDefault(axis => shape[axis] > 1 && own[axis] <= Strides[i], -1);
            if (Extents[i] <= 1)
            {
                continue;
            }

            // All of an axis of the view must lie along one axis of the source, without carrying over into the next.
            if (axis < 0 || Strides[i] % own[axis] != 0)
            {
                return null;
            }

            int step = Strides[i] / own[axis];
            last[axis] += (Extents[i] - 1) * step;
            strides[i] = step * moved[axis];
            if (last[axis] >= shape[axis])
            {
                return null;
            }
        }

        return new StridedView(name, offset, Extents, [.. strides]);
    }
}
