using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Finds softmax(q kᵀ · scale + mask) v among the nodes of a graph and puts one operator in its place (<see cref="HeadAttention"/>), which neither keeps the scores nor
/// copies heads apart. What splits and transposes heads is followed back to the values whose memory holds them. Only where nothing else reads what lies
/// between.
/// </summary>
internal sealed class AttentionFusion
{
    private readonly PlanAnalysis _analysis;
    private readonly NodeMap _map;
    private readonly HashSet<string> _moving;

    private AttentionFusion(NodeMap map, ImmutableHashSet<string> mutable)
    {
        (_map, _analysis) = (map, map.Analysis);
        _moving = new HashSet<string>(mutable, StringComparer.Ordinal);
        foreach (var node in _analysis.Nodes.Where(node => node.Inputs.Any(_moving.Contains)))
        {
            _moving.UnionWith(node.Outputs.Where(output => output.Length > 0));
        }
    }

    /// <summary>The operators to put in the place of nodes that give the values they are listed under.</summary>
    public static Dictionary<string, Node> Find(PlanAnalysis analysis, PlanOptions options)
    {
        var fusion = new AttentionFusion(new NodeMap(analysis), options.Mutable);
        var fused = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var softmax in analysis.Nodes.Where(node => node is { OpType: "Softmax", Domain: "" }))
        {
            if (fusion.Match(softmax) is Node attention)
            {
                fused.Add(attention.Outputs[0], attention);
            }
        }

        return fused;
    }

    /// <summary>The operator that takes the place of what is around a softmax, under the name of the last value; null where it is no attention.</summary>
    private Node? Match(Node softmax)
    {
        int rank = ShapeOf(softmax.Outputs[0]).Rank;
        long axis = softmax.Attributes.Int("axis", -1);
        if (rank is not (3 or 4) || (axis != -1 && axis != rank - 1) || _map.OnlyReader(softmax.Outputs[0]) is not { OpType: "MatMul", Domain: "" } mix || mix.Inputs[0] != softmax.Outputs[0])
        {
            return null;
        }

        string scores = softmax.Inputs[0];
        string mask = TakeMask(ref scores, rank);
        float scale = TakeScale(ref scores);
        if (_map.Inner(scores, "MatMul") is not Node product)
        {
            return null;
        }

        // Exports scale queries and keys before the product, each by a root.
        var (first, second) = (product.Inputs[0], product.Inputs[1]);
        scale *= TakeScale(ref first) * TakeScale(ref second);
        if (Operand(first, rank, isTransposed: false) is not StridedView q
            || Operand(second, rank, isTransposed: true) is not StridedView k
            || Operand(mix.Inputs[1], rank, isTransposed: false) is not StridedView v)
        {
            return null;
        }

        // Batches and heads must be the same for all three, the keys as many as the values.
        var (whole, mixed) = (ShapeOf(scores), ShapeOf(mix.Outputs[0]));
        (int batch, int heads) = (whole[0], rank == 4 ? whole[1] : 1);
        bool Fits(StridedView view) => view.Extents[0] == batch && view.Extents[1] == heads;
        if (!Fits(q) || !Fits(k) || !Fits(v) || q.Extents[3] != k.Extents[3] || k.Extents[2] != v.Extents[2] || whole.Length == 0 || mixed.Length == 0 || Overlap(q, k) || Overlap(k, v) || Overlap(q, v))
        {
            return null;
        }

        var (name, y, shape) = Result(mix.Outputs[0], rank);
        string keys = k.Source == q.Source ? "" : k.Source;
        string values = v.Source == k.Source ? "" : v.Source;
        return new Node("HeadAttention", [q.Source, keys, values, mask], [name], Attributes.None
            .With("sizes", ImmutableArray.Create<long>(batch, heads, q.Extents[2], k.Extents[2], q.Extents[3], v.Extents[3]))
            .With("q", Places(q)).With("k", Places(k)).With("v", Places(v)).With("y", y).With("shape", shape).With("scale", scale), Operator.InternalDomain);
    }

    /// <summary>A mask added to the scores; an empty name for none. One that training moves is left where it is, since its gradient is wanted.</summary>
    private string TakeMask(ref string scores, int rank)
    {
        if (_map.Inner(scores, "Add") is not Node add)
        {
            return "";
        }

        var shape = ShapeOf(scores);
        for (int i = 0; i < 2; i++)
        {
            var (own, other) = (add.Inputs[i], add.Inputs[1 - i]);
            if (_map.Inner(own, "MatMul", "Mul", "Div") is not null && ShapeOf(own) == shape && !_moving.Contains(other) && rank == 4 && ShapeOf(other).Rank <= 4)
            {
                scores = own;
                return other;
            }
        }

        return "";
    }

    /// <summary>A known number that a value is multiplied with or divided by; 1 for none.</summary>
    private float TakeScale(ref string value)
    {
        if (_map.Inner(value, "Mul", "Div") is not Node node)
        {
            return 1;
        }

        bool divides = node.OpType == "Div";
        for (int i = 0; i < (divides ? 1 : 2); i++)
        {
            if (_map.Number(node.Inputs[1 - i]) is float number && ShapeOf(node.Inputs[i]) == ShapeOf(value))
            {
                value = node.Inputs[i];
                return divides ? 1 / number : number;
            }
        }

        return 1;
    }

    /// <summary>An operand by batch, head, place and feature, in the value furthest back whose memory holds the features side by side; null where there is none.</summary>
    private StridedView? Operand(string name, int rank, bool isTransposed)
    {
        var shape = ShapeOf(name);
        if (shape.Rank != rank)
        {
            return null;
        }

        var view = StridedView.Of(name, shape);
        view = rank == 4 ? view : view with { Extents = view.Extents.Insert(1, 1), Strides = view.Strides.Insert(1, 0) };
        view = isTransposed ? view with { Extents = Swapped(view.Extents), Strides = Swapped(view.Strides) } : view;
        StridedView? best = null;
        for (var at = view; at is not null; at = _map.Giver(at.Source) is Node node ? at.Before(_analysis, node) : null)
        {
            best = at.Strides[3] == 1 || at.Extents[3] == 1 ? at : best;
        }

        return best;
    }

    private static ImmutableArray<int> Swapped(ImmutableArray<int> axes) => [axes[0], axes[1], axes[3], axes[2]];

    /// <summary>Where the result goes: under the name of a Transpose that is all that reads it, in that order.</summary>
    private (string Name, ImmutableArray<long> Strides, ImmutableArray<long> Shape) Result(string name, int rank)
    {
        var shape = ShapeOf(name);
        int[] strides = StridedCopy.Strides(shape);
        if (_map.OnlyReader(name) is { OpType: "Transpose", Domain: "" } transpose && transpose.Attributes.Ints("perm") is { IsDefault: false } order && order[^1] == rank - 1)
        {
            name = transpose.Outputs[0];
            shape = ShapeOf(name);
            int[] moved = StridedCopy.Strides(shape);
            for (int axis = 0; axis < rank; axis++)
            {
                strides[(int)order[axis]] = moved[axis];
            }
        }

        return (name, rank == 4 ? [strides[0], strides[1], strides[2]] : [strides[0], 0, strides[1]], [.. shape.Extents.ToArray().Select(extent => (long)extent)]);
    }

    /// <summary>Whether two views of one value share an element: then their gradients could not be written apart.</summary>
    private static bool Overlap(StridedView first, StridedView second)
    {
        if (first.Source != second.Source)
        {
            return false;
        }

        int width = first.Extents[3];
        bool IsGrid(StridedView view) => view.Extents[3] == width && view.Offset % width == 0 && view.Strides.Take(3).All(stride => stride % width == 0);
        if (!IsGrid(first) || !IsGrid(second))
        {
            return true;
        }

        var seen = new HashSet<int>(Rows(first));
        return Rows(second).Any(seen.Contains);
    }

    /// <summary>The rows of a view, where the value is cut into rows of its width.</summary>
    private static IEnumerable<int> Rows(StridedView view)
    {
        for (int batch = 0; batch < view.Extents[0]; batch++)
        {
            for (int head = 0; head < view.Extents[1]; head++)
            {
                for (int row = 0; row < view.Extents[2]; row++)
                {
                    yield return (view.Offset + (batch * view.Strides[0]) + (head * view.Strides[1]) + (row * view.Strides[2])) / view.Extents[3];
                }
            }
        }
    }

    private static ImmutableArray<long> Places(StridedView view) => [view.Offset, view.Strides[0], view.Strides[1], view.Strides[2]];

    private Shape ShapeOf(string name) => _map.ShapeOf(name);
}
