using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Runs the graph <c>body</c> once for each place along an axis of its last <c>num_scan_inputs</c> inputs. The inputs before them are states that go
/// from pass to pass; what the body gives beyond the states is stacked along an axis. Form of operator set 9 on.
/// </summary>
internal sealed class Scan : DynamicOperator
{
    public override string Name => "Scan";

    public override int SinceOpset => 8;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => int.MaxValue;

    public override int MaximumOutputs => int.MaxValue;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var body = InnerGraphs.Get(context, "body");
        int own = context.InputCount - (int)context.Attributes.Int(Subgraphs.Captured, 0);
        int scanned = Scanned(context.Attributes, own) ?? throw context.Error("its attribute 'num_scan_inputs' must be between 1 and the number of its inputs.");
        int states = own - scanned;
        InnerGraphs.CheckInputs(context, body, own);
        if (body.Outputs.Length < states)
        {
            throw context.Error($"its body gives {body.Outputs.Length} values; {states} states were expected.");
        }

        foreach (var (name, count) in new[] { ("scan_input_axes", scanned), ("scan_input_directions", scanned), ("scan_output_axes", body.Outputs.Length - states), ("scan_output_directions", body.Outputs.Length - states) })
        {
            if (context.Attributes.Ints(name) is { IsDefault: false } list && list.Length != count)
            {
                throw context.Error($"its attribute '{name}' lists {list.Length} numbers; {count} were expected.");
            }
        }

        return
        [
            .. Enumerable.Range(0, states).Select(i => InnerGraphs.Carried(context, i, body.Outputs[i].Type)),
            .. body.Outputs.Skip(states).Select((output, i) => Stacked(context, output.Type, i)),
        ];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context)
    {
        int scanned = Scanned(context.Attributes, context.InputCount)!.Value;
        ImmutableArray<RuntimeValue> states = [.. Enumerable.Range(0, context.InputCount - scanned).Select(context.Input)];
        var sources = Enumerable.Range(0, scanned).Select(i => (Value: context.Input(states.Length + i), Axis: Axis(context, states.Length + i, At(context.Attributes, "scan_input_axes", i)))).ToArray();
        int passes = sources[0].Value.Tensor.Shape[sources[0].Axis];
        if (sources.FirstOrDefault(source => source.Value.Tensor.Shape[source.Axis] != passes) is { Value: not null } odd)
        {
            throw context.Error($"its inputs have {passes} and {odd.Value.Tensor.Shape[odd.Axis]} places along the axes it goes through; they must have as many.");
        }

        var body = context.Graph("body");
        var stacks = context.Attributes.Graph("body")!.Outputs.Skip(states.Length)
            .Select((output, i) => new PassStack(context, output.Type, At(context.Attributes, "scan_output_axes", i))).ToArray();
        for (int pass = 0; pass < passes; pass++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var slices = sources.Select((source, i) => Slice(context, source.Value, source.Axis, At(context.Attributes, "scan_input_directions", i) == 1 ? passes - 1 - pass : pass));
            var given = body([.. states, .. slices]);
            states = given[..states.Length];
            for (int i = 0; i < stacks.Length; i++)
            {
                stacks[i].Add(given[states.Length + i].Tensor);
            }
        }

        return [.. states, .. stacks.Select((stack, i) => stack.Total(At(context.Attributes, "scan_output_directions", i) == 1))];
    }

    /// <summary>
    /// In set 8 every input has samples on its first axis, and an input with the length of each may lie before them. It becomes a Scan over the samples
    /// whose body is the Scan over one sample.
    /// </summary>
    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        if (opset > 8)
        {
            return node;
        }

        if (node.Inputs[0].Length > 0)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "it gives each sample a length of its own, as only set 8 does. Export the model again with opset 18."));
        }

        int captured = (int)node.Attributes.Int(Subgraphs.Captured, 0);
        var (own, outer) = (node.Inputs[1..^captured], node.Inputs[^captured..]);
        var inner = builder.Inner(node.OpType);
        ImmutableArray<string> taken = [.. own.Select(name => inner.Input(inner.FreshName(name), OfOneSample(builder[name].Type)).Name)];
        foreach (string name in outer)
        {
            inner.Capture(name, builder);
        }

        var attributes = node.Attributes.Without("directions");
        attributes = node.Attributes.Ints("directions") is { IsDefault: false } directions ? attributes.With("scan_input_directions", directions) : attributes;
        foreach (var value in inner.Append(node with { Inputs = [.. taken, .. outer], Outputs = [.. node.Outputs.Select(inner.FreshName)], Attributes = attributes }))
        {
            inner.Output(value);
        }

        return node with
        {
            Inputs = [.. own, .. outer],
            Attributes = Attributes.None.With("body", inner.Build()).With("num_scan_inputs", own.Length).With(Subgraphs.Captured, captured),
        };
    }

    private static TensorType OfOneSample(TensorType type) => type.HasRank && type.Rank > 0 ? type with { Dimensions = type.Dimensions[1..] } : type;

    private static int? Scanned(Attributes attributes, int own) => attributes.Int("num_scan_inputs", 0) is var count && count >= 1 && count <= own ? (int)count : null;

    private static long At(Attributes attributes, string name, int place) => attributes.Ints(name) is { IsDefault: false } list ? list[place] : 0;

    private static TensorType Stacked(ShapeContext context, TensorType each, int output)
    {
        long axis = At(context.Attributes, "scan_output_axes", output);
        return each.HasRank ? InnerGraphs.Stacked(each, context.Axis(axis, each.Rank + 1), Dimension.Unknown) : each;
    }

    private static int Axis(DynamicContext context, int input, long axis)
    {
        int rank = context.Input(input).Tensor.Shape.Rank;
        return axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : throw context.Error($"it goes through axis {axis} of its input {input}, which has {rank} axes.");
    }

    private static RuntimeValue Slice(DynamicContext context, RuntimeValue value, int axis, int place) =>
        RuntimeValue.Of(context.Apply("Gather", Attributes.None.With("axis", axis), value.Tensor, Tensor.Scalar((long)place)), value.Type.Element);
}
