using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Runs the graph <c>body</c> once for each tensor of the first input, a sequence; of the other inputs, sequences go along with it and tensors stay. Gives sequences.</summary>
internal sealed class SequenceMap : DynamicOperator
{
    public override string Name => "SequenceMap";

    public override int SinceOpset => 17;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => int.MaxValue;

    public override int MaximumOutputs => int.MaxValue;

    public override bool TakesSequence(int input) => true;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var body = InnerGraphs.Get(context, "body");
        Sequences.Require(context, 0);
        InnerGraphs.CheckInputs(context, body, context.InputCount - (int)context.Attributes.Int(Files.Subgraphs.Captured, 0));
        return [.. body.Outputs.Select(output => Sequences.Of(output.Type.Element))];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context)
    {
        int count = Sequences.Items(context, 0).Count;
        var inputs = Enumerable.Range(0, context.InputCount).Select(context.Input).ToArray();
        if (inputs.FirstOrDefault(input => input.Items is { } items && items.Count != count) is { } odd)
        {
            throw context.Error($"its sequences have {count} and {odd.Items!.Count} tensors; they must have as many.");
        }

        var body = context.Graph("body");
        var outputs = context.Attributes.Graph("body")!.Outputs;
        var results = outputs.Select(_ => ImmutableList.CreateBuilder<Tensor>()).ToArray();
        long bytes = 0;
        for (int item = 0; item < count; item++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var given = body([.. inputs.Select(input => input.Items is { } items ? RuntimeValue.Of(items[item], input.Type.Element) : input)]);
            bytes += Sequences.Bytes(given.Take(results.Length).Select(value => value.Tensor));
            context.CheckBytes(bytes);
            for (int i = 0; i < results.Length; i++)
            {
                results[i].Add(given[i].Tensor);
            }
        }

        return [.. results.Select((list, i) => RuntimeValue.Of(list.ToImmutable(), outputs[i].Type.Element))];
    }
}
