using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The outputs of the graph <c>then_branch</c> where the condition holds, else of <c>else_branch</c>.</summary>
internal sealed class If : DynamicOperator
{
    public override string Name => "If";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => int.MaxValue;

    public override int MaximumOutputs => int.MaxValue;

    public override bool TakesSequence(int input) => input > 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.Bool);
        var (yes, no) = (InnerGraphs.Get(context, "then_branch"), InnerGraphs.Get(context, "else_branch"));
        InnerGraphs.CheckInputs(context, yes, 0);
        InnerGraphs.CheckInputs(context, no, 0);
        if (context.InputCount != 1 + context.Attributes.Int(Subgraphs.Captured, 0) || yes.Outputs.Length != no.Outputs.Length)
        {
            throw context.Error($"it has {yes.Outputs.Length} outputs in one branch and {no.Outputs.Length} in the other, or more inputs than its condition.");
        }

        return [.. yes.Outputs.Zip(no.Outputs, (a, b) => InnerGraphs.Either(context, a.Type, b.Type))];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context) =>
        context.Graph(context.Truth(0) ? "then_branch" : "else_branch")([]);
}
