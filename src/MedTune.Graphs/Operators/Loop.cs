using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Runs the graph <c>body</c> again and again: at most as often as input 0 says, and while its condition (input 1, then the body's first output)
/// holds. The other inputs go from pass to pass; what the body gives beyond them is stacked along a new first axis.
/// </summary>
internal sealed class Loop : DynamicOperator
{
    public override string Name => "Loop";

    public override int MinimumInputs => 0;

    public override int MaximumInputs => int.MaxValue;

    public override int MaximumOutputs => int.MaxValue;

    public override bool TakesSequence(int input) => input > 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var body = InnerGraphs.Get(context, "body");
        int carried = context.InputCount - (int)context.Attributes.Int(Subgraphs.Captured, 0) - 2;
        if (carried < 0 || body.Outputs.Length < carried + 1)
        {
            throw context.Error($"its body gives {body.Outputs.Length} values; a condition and {Math.Max(0, carried)} values to carry on were expected.");
        }

        InnerGraphs.CheckInputs(context, body, carried + 2);
        if (context.Has(0))
        {
            context.Require(0, ElementType.Int64);
        }

        if (context.Has(1))
        {
            context.Require(1, ElementType.Bool);
        }

        if (body.Outputs[0].Type.Element != ElementType.Bool)
        {
            throw context.Error($"its body's first output is {body.Outputs[0].Type}; a truth value was expected.");
        }

        return
        [
            .. Enumerable.Range(0, carried).Select(i => InnerGraphs.Carried(context, i + 2, body.Outputs[i + 1].Type)),
            .. body.Outputs.Skip(carried + 1).Select(output => InnerGraphs.Stacked(output.Type, 0, Dimension.Unknown)),
        ];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context)
    {
        long passes = context.Has(0) ? context.Number(0) : long.MaxValue;
        bool goesOn = !context.Has(1) || context.Truth(1);
        ImmutableArray<RuntimeValue> carried = [.. Enumerable.Range(2, context.InputCount - 2).Select(context.Input)];
        var body = context.Graph("body");
        var outputs = context.Attributes.Graph("body")!.Outputs;
        var stacks = outputs.Skip(carried.Length + 1).Select(output => new PassStack(context, output.Type, 0)).ToArray();
        for (long pass = 0; pass < passes && goesOn; pass++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var given = body([RuntimeValue.Of(Tensor.Scalar(pass)), RuntimeValue.Of(Tensor.Scalar(goesOn)), .. carried]);
            goesOn = context.TruthOf(given[0]);
            carried = given[1..(carried.Length + 1)];
            for (int i = 0; i < stacks.Length; i++)
            {
                stacks[i].Add(given[carried.Length + 1 + i].Tensor);
            }
        }

        return [.. carried, .. stacks.Select(stack => stack.Total())];
    }
}
