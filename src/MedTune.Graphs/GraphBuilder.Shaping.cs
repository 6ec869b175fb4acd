using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <content>Logic, comparisons, types, shapes, indices and text.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Elements of x where the condition holds, of y where it does not; the three are broadcast.</summary>
    public Value Where(Value condition, Value x, Value y) => Append("Where", [condition, x, y]);

    /// <summary>Which elements are not a number.</summary>
    public Value IsNaN(Value x) => Append("IsNaN", [x]);

    /// <summary>Which elements are infinite.</summary>
    public Value IsInf(Value x) => Append("IsInf", [x]);

    /// <summary>x = y, broadcast; nothing equals NaN.</summary>
    public Value Equal(Value x, Value y) => Append("Equal", [x, y]);

    /// <summary>x &lt; y, broadcast; false beside NaN.</summary>
    public Value Less(Value x, Value y) => Append("Less", [x, y]);

    /// <summary>x ≤ y, broadcast; false beside NaN.</summary>
    public Value LessOrEqual(Value x, Value y) => Append("LessOrEqual", [x, y]);

    /// <summary>x &gt; y, broadcast; false beside NaN.</summary>
    public Value Greater(Value x, Value y) => Append("Greater", [x, y]);

    /// <summary>x ≥ y, broadcast; false beside NaN.</summary>
    public Value GreaterOrEqual(Value x, Value y) => Append("GreaterOrEqual", [x, y]);

    /// <summary>Both hold, broadcast.</summary>
    public Value And(Value x, Value y) => Append("And", [x, y]);

    /// <summary>At least one holds, broadcast.</summary>
    public Value Or(Value x, Value y) => Append("Or", [x, y]);

    /// <summary>Exactly one holds, broadcast.</summary>
    public Value Xor(Value x, Value y) => Append("Xor", [x, y]);

    /// <summary>Does not hold.</summary>
    public Value Not(Value x) => Append("Not", [x]);

    /// <summary>The elements as another type: numbers are cut towards zero, true is 1, text is read as a number.</summary>
    public Value Cast(Value x, ElementType type) => Append("Cast", [x], Attributes.None.With("to", (long)type));

    /// <summary>The value under one more name.</summary>
    public Value Identity(Value x) => Append("Identity", [x]);

    /// <summary>The values one after another along an axis; a negative one counts from the last.</summary>
    public Value Concat(ReadOnlySpan<Value> values, int axis) => Append("Concat", values, Attributes.None.With("axis", axis));

    /// <summary>Parts along an axis.</summary>
    /// <param name="x">What is cut.</param>
    /// <param name="extents">Int64 list: the extent of each part.</param>
    /// <param name="axis">Where it is cut; a negative one counts from the last.</param>
    /// <param name="parts">How many parts there are.</param>
    public ImmutableArray<Value> Split(Value x, Value extents, int axis, int parts) =>
        AppendMany("Split", [x, extents], parts, Attributes.None.With("axis", axis));

    /// <summary>Elements from starts up to, not including, ends, along the axes.</summary>
    /// <param name="x">What is sliced.</param>
    /// <param name="starts">Per axis in <paramref name="axes"/>; negative ones count from the end.</param>
    /// <param name="ends">Per axis; beyond the end means the end.</param>
    /// <param name="axes">Which axes.</param>
    /// <param name="steps">Per axis; 1 by default, negative ones go backwards.</param>
    public Value Slice(Value x, ReadOnlySpan<long> starts, ReadOnlySpan<long> ends, ReadOnlySpan<long> axes, ReadOnlySpan<long> steps = default) =>
        steps.IsEmpty
            ? Append("Slice", [x, List(starts, "starts"), List(ends, "ends"), List(axes, "axes")])
            : Append("Slice", [x, List(starts, "starts"), List(ends, "ends"), List(axes, "axes"), List(steps, "steps")]);

    /// <summary>The slices of x along an axis that the indices name: rows of a table of embeddings, for one.</summary>
    public Value Gather(Value x, Value indices, int axis = 0) => Append("Gather", [x, indices], Attributes.None.With("axis", axis));

    /// <summary>Along one axis, the elements that the indices name, element by element.</summary>
    public Value GatherElements(Value x, Value indices, int axis = 0) => Append("GatherElements", [x, indices], Attributes.None.With("axis", axis));

    /// <summary>The elements in the same order under a shape computed by the graph.</summary>
    public Value Reshape(Value x, Value shape) => Append("Reshape", [x, shape]);

    /// <summary>The elements in the same order under a shape: -1 for what is left over, 0 for the extent as it is.</summary>
    public Value Reshape(Value x, params ReadOnlySpan<long> shape) => Append("Reshape", [x, List(shape, "shape")]);

    /// <summary>Axis i of the result is axis <c>permutation[i]</c>; none listed reverses the axes.</summary>
    public Value Transpose(Value x, params ReadOnlySpan<long> permutation) =>
        Append("Transpose", [x], permutation.IsEmpty ? Attributes.None : Attributes.None.With("perm", permutation.ToArray()));

    /// <summary>Without the listed axes, which must have extent 1.</summary>
    public Value Squeeze(Value x, params ReadOnlySpan<long> axes) => Append("Squeeze", [x, List(axes, "axes")]);

    /// <summary>With axes of extent 1 at the listed places of the result.</summary>
    public Value Unsqueeze(Value x, params ReadOnlySpan<long> axes) => Append("Unsqueeze", [x, List(axes, "axes")]);

    /// <summary>A matrix: the axes before <paramref name="axis"/> become rows, the others columns.</summary>
    public Value Flatten(Value x, int axis = 1) => Append("Flatten", [x], Attributes.None.With("axis", axis));

    /// <summary>Broadcast to a shape computed by the graph.</summary>
    public Value Expand(Value x, Value shape) => Append("Expand", [x, shape]);

    /// <summary>Repeated along each axis.</summary>
    public Value Tile(Value x, params ReadOnlySpan<long> repeats) => Append("Tile", [x, List(repeats, "repeats")]);

    /// <summary>The extents, as an Int64 list.</summary>
    public Value Shape(Value x) => Append("Shape", [x]);

    /// <summary>The extents of the axes from <paramref name="start"/> up to, not including, <paramref name="end"/>, as an Int64 list.</summary>
    public Value Shape(Value x, int start, int end) => Append("Shape", [x], Attributes.None.With("start", start).With("end", end));

    /// <summary>Zeros of the shape of a value and of its type, which is Float or Double.</summary>
    public Value ZerosLike(Value x) =>
        Append("ConstantOfShape", [Shape(x)], Attributes.None.With("value", x.Type.Element == ElementType.Double ? Tensor.Vector(0.0) : Tensor.Vector(0f)));

    /// <summary>Where along an axis the largest element is (the first of equals), as Int64.</summary>
    public Value ArgMax(Value x, int axis, bool keepDimensions = true) =>
        Append("ArgMax", [x], Attributes.None.With("axis", axis).With("keepdims", keepDimensions));

    /// <summary>Where along an axis the smallest element is (the first of equals), as Int64.</summary>
    public Value ArgMin(Value x, int axis, bool keepDimensions = true) =>
        Append("ArgMin", [x], Attributes.None.With("axis", axis).With("keepdims", keepDimensions));

    /// <summary>A new axis with 1 at each index and 0 elsewhere, as Float; an index outside the depth gives zeros.</summary>
    public Value OneHot(Value indices, int depth, int axis = -1) =>
        Append("OneHot", [indices, Constant(Tensor.Scalar((long)depth), "depth"), Constant(Tensor.Vector(0f, 1f), "values")], Attributes.None.With("axis", axis));

    /// <summary>The number of each text in a list: its place in <paramref name="keys"/>.</summary>
    /// <param name="x">Text of any shape.</param>
    /// <param name="keys">The texts; key i becomes i.</param>
    /// <param name="otherwise">What every other text becomes.</param>
    public Value LabelEncoder(Value x, ReadOnlySpan<string> keys, long otherwise = -1)
    {
        var places = new long[keys.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        return LabelEncoder(x, Attributes.None.With("keys_strings", keys.ToArray()).With("values_int64s", places).With("default_int64", otherwise));
    }

    /// <summary>A map from keys to values, by the attributes of <c>ai.onnx.ml</c> 3.</summary>
    public Value LabelEncoder(Value x, Attributes attributes) => Append("LabelEncoder", [x], attributes, "ai.onnx.ml");

    /// <summary>An input of which perhaps not even the rank is known.</summary>
    internal Value Input(string name, TensorType type)
    {
        var value = Declare(name, type);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Keeps names free for nodes still to come, so that no fresh name takes them.</summary>
    internal void Reserve(IEnumerable<string> names) => _reserved.UnionWith(names);

    private Value List(ReadOnlySpan<long> values, string name) => Constant(Tensor.Create(new Shape(values.Length), values), name);
}
