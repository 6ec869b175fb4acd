using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>What an operator's gradient rule works with: the node's values, the gradients that arrive at its outputs, and the builder to append to.</summary>
internal sealed class GradientContext
{
    private readonly ImmutableArray<bool> _needed;
    private readonly ImmutableArray<Value?> _outputGradients;
    private readonly Value?[] _results;

    public GradientContext(GraphBuilder builder, Node node, ImmutableArray<bool> needed, ImmutableArray<Value?> outputGradients)
    {
        Builder = builder;
        Node = node;
        _needed = needed;
        _outputGradients = outputGradients;
        _results = new Value?[node.Inputs.Length];
    }

    /// <summary>Where the gradient nodes are appended.</summary>
    public GraphBuilder Builder { get; }

    public Node Node { get; }

    public Attributes Attributes => Node.Attributes;

    public int InputCount => Node.Inputs.Length;

    /// <summary>What the rule has set, one per input.</summary>
    public ReadOnlySpan<Value?> Results => _results;

    /// <summary>Whether an optional input is there.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input].Length > 0;

    /// <summary>Whether the gradient of this input is wanted; appending nodes for one that is not is waste.</summary>
    public bool Needs(int input) => input < _needed.Length && _needed[input];

    /// <summary>A value the node took.</summary>
    public Value Input(int input) => Builder[Node.Inputs[input]];

    /// <summary>A value the node gave.</summary>
    public Value Output(int output = 0) => Builder[Node.Outputs[output]];

    /// <summary>The gradient of the loss by an output; null when the loss does not depend on it.</summary>
    public Value? OutputGradientOrNull(int output) => output < _outputGradients.Length ? _outputGradients[output] : null;

    /// <summary>The gradient of the loss by an output that the loss depends on.</summary>
    public Value OutputGradient(int output = 0) =>
        OutputGradientOrNull(output) ?? throw Error($"the loss does not depend on its output {output}.");

    /// <summary>Sets the gradient of an input, which must have the input's shape.</summary>
    public void Set(int input, Value gradient)
    {
        if (Needs(input))
        {
            _results[input] = gradient;
        }
    }

    /// <summary>Sets the gradient of an input that was broadcast: the sum over the axes along which it was repeated.</summary>
    public void SetReduced(int input, Value gradient)
    {
        if (Needs(input))
        {
            _results[input] = Builder.SumTo(gradient, Input(input));
        }
    }

    /// <summary>An error that names the node.</summary>
    public InvalidGraphException Error(string detail) => new(NodeErrors.Sentence(Node, detail));
}
