using System.Collections.Immutable;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradients of the value <c>y</c> by those that <c>xs</c> names, as ONNX's preview of training writes them into a file. A file's node is
/// replaced by backward nodes as it is read, so that none is left to run.
/// </summary>
internal sealed class GradientOperator : DynamicOperator
{
    public override string Name => "Gradient";

    public override string Domain => "ai.onnx.preview.training";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => int.MaxValue;

    public override int MaximumOutputs => int.MaxValue;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        throw context.Error("it stands for backward nodes, which a graph holds itself; differentiate with Gradients.");

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context) => throw context.Error("it cannot be evaluated.");

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        string y = node.Attributes.String("y", string.Empty);
        string[] names = node.Attributes.Strings("xs") is { IsDefault: false } list ? [.. list] : [];
        if (!names.SequenceEqual(node.Inputs) || names.Length != node.Outputs.Length || !builder.Has(y))
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "its inputs must be the values 'xs' names, one output each, and 'y' must come before it; other forms are not supported."));
        }

        var one = Attributes.None.With("value", Tensors.Tensor.Vector(1f));
        var seed = builder.Append("ConstantOfShape", [builder.Shape(builder[y])], one);
        var results = Gradients.Append(builder, [.. builder.Nodes], y, seed, names);
        for (int i = names.Length - 1; i >= 0; i--)
        {
            var result = results[i] ?? builder.ZerosLike(builder[names[i]]);
            if (i == 0)
            {
                return new Node("Identity", [result.Name], [node.Outputs[0]], Attributes.None, Name: node.Name);
            }

            if (node.Outputs[i].Length > 0)
            {
                builder.Append("Identity", [result], outputName: node.Outputs[i]);
            }
        }

        throw new InvalidGraphException(NodeErrors.Sentence(node, "it names no value in 'xs'."));
    }
}
