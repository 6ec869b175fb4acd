using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The different elements, or slices along <c>axis</c>: in ascending order, or in that of their first places with <c>sorted</c> = 0. Outputs 1 to 3: the
/// first place of each, for every place which of them stands there, and how often each does. NaN equals itself and is the smallest.
/// </summary>
internal sealed class Unique : Operator
{
    public override string Name => "Unique";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 1;

    public override int MaximumOutputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var numbers = Tensor.Create(new Shape(2, 4), [2f, 1f, 1f, 3f, 4f, 3f, 2f, 1f]);
            var rows = Tensor.Create(new Shape(3, 2), [5L, 0L, 1L, 7L, 5L, 0L]);
            yield return new("elements", numbers) { Outputs = 4, ConstantInputs = [0] };
            yield return new("in order of appearance", numbers) { Outputs = 4, ConstantInputs = [0], Attributes = Attributes.None.With("sorted", 0) };
            yield return new("rows", rows) { Outputs = 4, ConstantInputs = [0], Attributes = Attributes.None.With("axis", 0) };
            yield return new("columns", rows) { Outputs = 4, ConstantInputs = [0], Attributes = Attributes.None.With("axis", -1) };
            yield return new("text", Tensor.Vector("b", "a", "b")) { Outputs = 4, ConstantInputs = [0] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Input(0);
        int? axis = context.Attributes.Has("axis") && x.HasRank ? context.Axis(context.Attributes.Int("axis", 0), x.Rank) : null;
        bool isFlat = !context.Attributes.Has("axis");
        var groups = context.Constant(0) is { } known ? Groups(known, axis, context.Attributes) : null;
        Dimension count = groups is null ? Dimension.Unknown : groups.First.Length;
        var places = new TensorType(ElementType.Int64, [count]);
        var y = isFlat ? x with { Dimensions = [count] } : x.HasRank ? x with { Dimensions = x.Dimensions.SetItem(axis!.Value, count) } : x;
        return [y, places, new TensorType(ElementType.Int64, [groups is null ? Dimension.Unknown : groups.Inverse.Length]), places];
    }

    public override Action Compile(KernelContext context)
    {
        // The shapes are there only because the elements are known, and with them everything else.
        var known = context.Constant(0) ?? throw context.Error("its input depends on the data; it is evaluated when that is at hand.");
        int rank = known.Shape.Rank;
        int? axis = context.Attributes.Has("axis") ? (int)((context.Attributes.Int("axis", 0) + rank) % rank) : null;
        var groups = Groups(known, axis, context.Attributes);
        var order = Tensor.Create(new Shape(groups.First.Length), groups.First.AsSpan());
        var source = axis is null ? TensorStorage.Reshaped(known, new Shape(known.Length)) : known;
        var node = new Node("Gather", ["x", "order"], ["y"], Attributes.None.With("axis", axis ?? 0));
        var type = TensorType.OfShape(context.OutputElement(), context.OutputShape());
        var gathered = NodeEvaluation.Run(node, [source, order], [TensorType.Of(source), TensorType.Of(order)], [type])[0];
        var copies = new List<Action> { Copy(gathered, context) };
        foreach (var (output, values) in new[] { (1, groups.First), (2, groups.Inverse), (3, groups.Counts) })
        {
            if (context.HasOutput(output))
            {
                var y = context.Output<long>(output);
                copies.Add(() => values.CopyTo(y.Span));
            }
        }

        var all = copies.ToArray();
        return () =>
        {
            foreach (var copy in all)
            {
                copy();
            }
        };
    }

    private static Action Copy(Tensor tensor, KernelContext context) => tensor switch
    {
        Tensor<float> typed => Copy(typed, context),
        Tensor<double> typed => Copy(typed, context),
        Tensor<long> typed => Copy(typed, context),
        Tensor<int> typed => Copy(typed, context),
        Tensor<sbyte> typed => Copy(typed, context),
        Tensor<byte> typed => Copy(typed, context),
        Tensor<bool> typed => Copy(typed, context),
        _ => () => tensor.Values<string>().CopyTo(context.OutputStrings()),
    };

    private static Action Copy<T>(Tensor<T> tensor, KernelContext context)
        where T : unmanaged
    {
        var y = context.Output<T>();
        return () => tensor.Values.CopyTo(y.Span);
    }

    private static SliceGroups Groups(Tensor tensor, int? axis, Attributes attributes)
    {
        bool isSorted = attributes.Int("sorted", 1) != 0;
        return tensor switch
        {
            Tensor<float> typed => SliceGroups.Of(typed, axis, isSorted, Comparer<float>.Default),
            Tensor<double> typed => SliceGroups.Of(typed, axis, isSorted, Comparer<double>.Default),
            Tensor<long> typed => SliceGroups.Of(typed, axis, isSorted, Comparer<long>.Default),
            Tensor<int> typed => SliceGroups.Of(typed, axis, isSorted, Comparer<int>.Default),
            Tensor<sbyte> typed => SliceGroups.Of(typed, axis, isSorted, Comparer<sbyte>.Default),
            Tensor<byte> typed => SliceGroups.Of(typed, axis, isSorted, Comparer<byte>.Default),
            Tensor<bool> typed => SliceGroups.Of(typed, axis, isSorted, Comparer<bool>.Default),
            _ => SliceGroups.Of((Tensor<string>)tensor, axis, isSorted, StringComparer.Ordinal),
        };
    }
}
