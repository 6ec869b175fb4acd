using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The normalization that a blocked operator applies to its images as it reads them: two more inputs, what <see cref="BlockedNormalizationFactors"/> gives, and bounds
/// under <c>read_</c>. So the normalized images are never stored.
/// </summary>
internal readonly struct NormalizedReading
{
    private const string Prefix = "read_";

    private readonly Buffer<float> _factors;
    private readonly Buffer<float> _constants;
    private readonly (float Minimum, float Maximum) _bounds;

    private NormalizedReading(Buffer<float> factors, Buffer<float> constants, (float Minimum, float Maximum) bounds) => (_factors, _constants, _bounds) = (factors, constants, bounds);

    /// <summary>As kernels of MedTune.Tensors take it; empty where there is none.</summary>
    public ChannelNormalization Value => new() { Scale = _factors.Span, Shift = _constants.Span, Minimum = _bounds.Minimum, Maximum = _bounds.Maximum };

    /// <summary>The first of the two inputs of an operator; -1 for one that never normalizes.</summary>
    public static int InputOf(string opType) => opType switch
    {
        "BlockedConv" or "BlockedDepthwise" => 4,
        "BlockedConvWeightGradient" or "BlockedDepthwiseWeightGradient" => 2,
        _ => -1,
    };

    /// <summary>What a node asks for.</summary>
    public static NormalizedReading Of(KernelContext context)
    {
        int input = InputOf(context.Node.OpType);
        return context.Has(input) ? new(context.Input<float>(input), context.Input<float>(input + 1), Clamp.Of(context.Attributes, Prefix)) : default;
    }

    /// <summary>Whether a node asks for one.</summary>
    public static bool IsIn(Node node) => InputOf(node.OpType) is var input and >= 0 && input < node.Inputs.Length;

    /// <summary>The bounds of the one a node asks for.</summary>
    public static (float Minimum, float Maximum) BoundsOf(Node node) => Clamp.Of(node.Attributes, Prefix);

    /// <summary>A node that reads another value normalized.</summary>
    /// <param name="node">The node that read what the normalization gave.</param>
    /// <param name="place">Where it read that.</param>
    /// <param name="x">What the normalization read.</param>
    /// <param name="factors">Its factors and constants.</param>
    /// <param name="bounds">Its bounds.</param>
    public static Node With(Node node, int place, string x, (string Scale, string Shift) factors, (float Minimum, float Maximum) bounds)
    {
        int input = InputOf(node.OpType);
        var inputs = node.Inputs.SetItem(place, x);
        return node with
        {
            Inputs = inputs.AddRange(Enumerable.Repeat("", input - inputs.Length)).Add(factors.Scale).Add(factors.Shift),
            Attributes = Clamp.With(node.Attributes, bounds.Minimum, bounds.Maximum, Prefix),
        };
    }
}
