using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// What RNN, GRU and LSTM share: inputs X, W, R, B, sequence_lens and initial_h, outputs Y and Y_h, in one direction or both. Sequences shorter than
/// the longest end early: their Y is 0 from there on, and a reverse pass begins at their own end. A
/// sequence without steps leaves its states as they were given: ONNX says only that they are the last ones, TensorFlow does the same, and ONNX Runtime gives 0.
/// </summary>
internal abstract class RecurrentOperator : Operator
{
    public override int MinimumInputs => 3;

    public override int MaximumInputs => 6;

    public override int MaximumOutputs => 2;

    /// <summary>How many gates lie one below the other in W and R.</summary>
    protected abstract int Gates { get; }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (x, r) = (Check(context), context.Input(2));
        bool isBatchFirst = context.Attributes.Int("layout", 0) == 1;
        if (!x.HasRank || !r.HasRank)
        {
            return [.. Enumerable.Repeat(x with { Dimensions = default }, MaximumOutputs)];
        }

        var (steps, batch) = isBatchFirst ? (x.Dimensions[1], x.Dimensions[0]) : (x.Dimensions[0], x.Dimensions[1]);
        var (directions, hidden) = (r.Dimensions[0], r.Dimensions[2]);
        var y = x with { Dimensions = isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden] };
        var state = x with { Dimensions = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden] };
        return [y, .. Enumerable.Repeat(state, MaximumOutputs - 1)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Pass<float>(context, isForward: true).Forward,
        ElementType.Double => Pass<double>(context, isForward: true).Forward,
        var other => throw context.Unsupported(other),
    };

    /// <summary>One node that goes back through time and gives every gradient that is wanted.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var inputs = Enumerable.Range(0, MaximumInputs).Select(i => i < context.InputCount ? context.Node.Inputs[i] : string.Empty);
        var arrived = Enumerable.Range(0, MaximumOutputs).Select(i => context.OutputGradientOrNull(i)?.Name ?? string.Empty);
        var outputs = Enumerable.Range(0, MaximumInputs).Select(i => i == 0 || context.Needs(i) ? build.FreshName(Name + "Gradient") : string.Empty);
        var values = build.Append(new Node(Name + "Gradient", [.. inputs, .. arrived], [.. outputs], context.Attributes, InternalDomain));
        for (int i = 0; i < context.InputCount; i++)
        {
            context.Set(i, values[i]);
        }
    }

    // Until set 6 a flag said whether Y is wanted, which its name says too.
    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => node with { Attributes = node.Attributes.Without("output_sequence") };

    /// <summary>The computation over buffers of one type; the node is the layer itself, or its gradient, whose first inputs are the layer's.</summary>
    internal abstract RecurrentPass<T> Pass<T>(KernelContext context, bool isForward)
        where T : unmanaged, INumber<T>;

    /// <summary>Checks the inputs and returns the type of X.</summary>
    internal TensorType Check(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        int directions = context.Attributes.String("direction", "forward").ToUpperInvariant() switch
        {
            "FORWARD" or "REVERSE" => 1,
            "BIDIRECTIONAL" => 2,
            var other => throw context.Error($"its direction is '{other}'; forward, reverse or bidirectional was expected."),
        };
        var (w, r) = (context.Input(1), context.Input(2));
        var hidden = r.HasRank && r.Rank == 3 ? r.Dimensions[2] : Dimension.Unknown;
        var width = x.HasRank && x.Rank == 3 ? x.Dimensions[2] : Dimension.Unknown;
        Dimension Times(int count) => hidden.Value is int units ? count * units : Dimension.Unknown;
        var (batch, steps) = (Dimension.Unknown, Dimension.Unknown);
        Require(context, 0, [batch, steps, width]);
        Require(context, 1, [directions, Times(Gates), width]);
        Require(context, 2, [directions, Times(Gates), hidden]);
        Require(context, 3, [directions, Times(2 * Gates)]);
        bool isBatchFirst = context.Attributes.Int("layout", 0) == 1;
        for (int input = 5; input < Math.Min(MaximumInputs, 7); input++)
        {
            Require(context, input, isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden]);
        }

        Require(context, 7, [directions, Times(3)]);
        if (context.Has(4))
        {
            context.Require(4, ElementType.Int32);
        }

        if (hidden.Value is int found && context.Attributes.Int("hidden_size", found) != found)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its hidden_size is {context.Attributes.Int("hidden_size", 0)}, but R has {found} columns."));
        }

        return w.HasRank && x.HasRank ? x : x with { Dimensions = default };
    }

    private void Require(ShapeContext context, int input, ReadOnlySpan<Dimension> expected)
    {
        if (input >= MaximumInputs || !context.Has(input))
        {
            return;
        }

        context.RequireSame(input, 0);
        var type = context.Input(input);
        bool fits = !type.HasRank || type.Rank == expected.Length;
        for (int axis = 0; type.HasRank && fits && axis < type.Rank; axis++)
        {
            fits = type.Dimensions[axis].Value is not int given || expected[axis].Value is not int wanted || given == wanted;
        }

        if (!fits)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input {input} is {type}; [{string.Join(", ", expected.ToArray())}] was expected."));
        }
    }
}
