using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What an operator's rule for shapes can look at: the node, what is known of its inputs' types, and the inputs that are constants.</summary>
internal sealed class ShapeContext
{
    private readonly ImmutableArray<TensorType> _types;
    private readonly ImmutableArray<Tensor?> _constants;
    private readonly Func<string, ImmutableArray<ShapeElement>>? _elements;

    /// <summary>With what is known of the node's inputs, and of the elements of lists that are not all known numbers (by value name).</summary>
    public ShapeContext(
        Node node,
        ImmutableArray<TensorType> types,
        ImmutableArray<Tensor?> constants,
        Func<string, ImmutableArray<ShapeElement>>? elements = null)
    {
        Node = node;
        _types = types;
        _constants = constants;
        _elements = elements;
    }

    public Node Node { get; }

    public Attributes Attributes => Node.Attributes;

    /// <summary>Number of inputs listed, those left out in the middle included.</summary>
    public int InputCount => Node.Inputs.Length;

    /// <summary>Whether an optional input is there.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input].Length > 0;

    /// <summary>What is known about an input's type.</summary>
    public TensorType Input(int input) => Has(input)
        ? _types[input]
        : throw Error(string.Create(CultureInfo.InvariantCulture, $"its input {input} is missing."));

    /// <summary>The values of an input known before execution, or null. In a double plan a Float constant is held as Double.</summary>
    public Tensor? Constant(int input) => Has(input) ? _constants[input] : null;

    /// <summary>The values of a known integer input (axes, shapes, starts), or default when they are not known.</summary>
    public ImmutableArray<long> Longs(int input) => Constant(input) switch
    {
        Tensor<long> tensor => [.. tensor.Values],
        Tensor<int> tensor => [.. tensor.Values.ToArray().Select(value => (long)value)],
        null => default,
        var other => throw Error(string.Create(CultureInfo.InvariantCulture, $"its input {input} holds {other.Type}; Int64 was expected.")),
    };

    /// <summary>The most axes a value can have; longer lists are not followed as shapes.</summary>
    public const int LongestShape = 64;

    /// <summary>The elements of an integer input that is a scalar or a list, as far as each is known; default when nothing is.</summary>
    public ImmutableArray<ShapeElement> Elements(int input)
    {
        if (!Has(input) || Input(input).Element is not (ElementType.Int64 or ElementType.Int32) || (Input(input).HasRank && Input(input).Rank > 1))
        {
            return default;
        }

        var numbers = Longs(input);
        return numbers.IsDefault
            ? _elements?.Invoke(Node.Inputs[input]) ?? default
            : [.. numbers.Select(number => new ShapeElement(number, null))];
    }

    /// <summary>Refuses an input whose element type is not one of those listed.</summary>
    public TensorType Require(int input, params ReadOnlySpan<ElementType> allowed)
    {
        var type = Input(input);
        if (!allowed.Contains(type.Element))
        {
            throw Error(string.Create(
                CultureInfo.InvariantCulture,
                $"its input {input} ('{Node.Inputs[input]}') holds {type.Element}; expected {string.Join(" or ", allowed.ToArray())}."));
        }

        return type;
    }

    /// <summary>Refuses an input of another element type than a first one.</summary>
    public void RequireSame(int input, int other)
    {
        if (Input(input).Element != Input(other).Element)
        {
            throw Error(string.Create(
                CultureInfo.InvariantCulture,
                $"its inputs {other} and {input} hold {Input(other).Element} and {Input(input).Element}; they must hold the same."));
        }
    }

    /// <summary>An axis between -rank and rank - 1 as one between 0 and rank - 1.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Error(string.Create(CultureInfo.InvariantCulture, $"axis {axis} does not exist; the input has rank {rank}."));

    /// <summary>An error that names the node. The detail continues the sentence "Node 'x' (Op) is not valid: ".</summary>
    public InvalidGraphException Error(string detail) => new(NodeErrors.Sentence(Node, detail));
}
