using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Computes one node whose inputs are known, outside any plan: constant folding, and shapes computed by nodes.</summary>
internal static class NodeEvaluation
{
    /// <summary>The outputs of a node as tensors of the storage type.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">Its inputs; null for one left out, or one of which only the shape is read.</param>
    /// <param name="inputTypes">Concrete input types in storage form.</param>
    /// <param name="outputTypes">Concrete output types in storage form.</param>
    /// <param name="pool">The threads; only the caller's by default.</param>
    public static ImmutableArray<Tensor> Run(
        Node node,
        ImmutableArray<Tensor?> inputs,
        ImmutableArray<TensorType> inputTypes,
        ImmutableArray<TensorType> outputTypes,
        TaskPool? pool = null)
    {
        var op = OperatorRegistry.For(node);
        var slots = ImmutableArray.CreateBuilder<PlanValue?>(inputs.Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            slots.Add(node.Inputs[i].Length == 0 ? null : TensorStorage.Place(node.Inputs[i], inputTypes[i], inputs[i]));
        }

        var outputs = ImmutableArray.CreateBuilder<PlanValue?>(node.Outputs.Length);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            outputs.Add(node.Outputs[i].Length == 0 ? null : TensorStorage.Place(node.Outputs[i], outputTypes[i], null));
        }

        if (op.IsView)
        {
            return [TensorStorage.Reshaped(inputs[0]!, outputs[0]!.Shape)];
        }

        // The kernel holds addresses, which keep nothing alive.
        var scratch = new PlanResources(pool ?? TaskPool.Sequential);
        op.Compile(new KernelContext(node, slots.ToImmutable(), outputs.ToImmutable(), inputs, scratch))();
        GC.KeepAlive(slots);
        GC.KeepAlive(outputs);
        GC.KeepAlive(scratch);
        return [.. outputs.Select(slot => slot is null ? new Tensor<float>(Shape.Scalar) : TensorStorage.Read(slot))];
    }
}
