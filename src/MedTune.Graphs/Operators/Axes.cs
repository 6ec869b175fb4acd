using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What operators with lists of axes share.</summary>
internal static class Axes
{
    /// <summary>Which axes a list names; each may be named once.</summary>
    public static bool[] Flags(ShapeContext context, ImmutableArray<long> axes, int rank)
    {
        var flags = new bool[rank];
        foreach (long listed in axes)
        {
            int axis = context.Axis(listed, rank);
            if (flags[axis])
            {
                throw context.Error($"it names axis {axis} twice.");
            }

            flags[axis] = true;
        }

        return flags;
    }

    /// <summary>Turns an attribute of older operator sets into the input that newer ones take in its place.</summary>
    /// <param name="node">A node whose inputs before this one are all there.</param>
    /// <param name="attribute">The attribute's name; the node stays as it is when it is not set.</param>
    /// <param name="input">The input's position.</param>
    /// <param name="builder">Gets the constant.</param>
    public static Node ToInput(Node node, string attribute, int input, GraphBuilder builder)
    {
        var values = node.Attributes.Ints(attribute);
        if (values.IsDefault)
        {
            return node;
        }

        var inputs = node.Inputs;
        while (inputs.Length <= input)
        {
            inputs = inputs.Add(string.Empty);
        }

        var constant = builder.Constant(Tensor.Create(new Shape(values.Length), values.AsSpan()), attribute);
        return node with { Inputs = inputs.SetItem(input, constant.Name), Attributes = node.Attributes.Without(attribute) };
    }
}
