using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Sample cases of recurrent layers: a few steps of two or three samples.</summary>
internal static class RecurrentCases
{
    /// <summary>A layer of 2 features and 2 units over 3 steps of 2 samples; with lengths over 4 steps of 3 samples, of which one is empty.</summary>
    /// <param name="name">The case's name.</param>
    /// <param name="gates">Gates of the layer.</param>
    /// <param name="directions">1 or 2.</param>
    /// <param name="hasLengths">Whether the samples differ in length.</param>
    /// <param name="states">How many initial states are given: none, that of h, or those of h and c.</param>
    /// <param name="hasPeepholes">Whether there are peepholes.</param>
    /// <param name="isBatchFirst">Whether layout is 1.</param>
    /// <param name="direction">The direction when there is one.</param>
    /// <param name="seed">For the numbers.</param>
    public static OperatorCase Of(
        string name,
        int gates,
        int directions,
        bool hasLengths = false,
        int states = 0,
        bool hasPeepholes = false,
        bool isBatchFirst = false,
        string direction = "forward",
        uint seed = 1)
    {
        (int steps, int batch, int hidden) = (hasLengths ? 4 : 3, hasLengths ? 3 : 2, 2);
        int[] state = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
        Tensor?[] inputs =
        [
            Sample.Within(2, seed, isBatchFirst ? [batch, steps, 2] : [steps, batch, 2]),
            Sample.Within(1, seed + 1, directions, gates * hidden, 2),
            Sample.Within(1, seed + 2, directions, gates * hidden, hidden),
            Sample.Within(1, seed + 3, directions, 2 * gates * hidden),
            hasLengths ? Tensor.Vector(2, 0, 4) : null,
            states > 0 ? Sample.Within(1, seed + 4, state) : null,
            states > 1 ? Sample.Within(1, seed + 5, state) : null,
            hasPeepholes ? Sample.Within(1, seed + 6, directions, 3 * hidden) : null,
        ];
        var attributes = Attributes.None.With("hidden_size", hidden).With("direction", directions == 2 ? "bidirectional" : direction);
        return new(name, [.. inputs.Take(gates == 4 ? 8 : 6)])
        {
            Attributes = isBatchFirst ? attributes.With("layout", 1) : attributes,
            FloatTolerance = 1e-5,
        };
    }

    /// <summary>A layer whose extents no vector divides, without golden values.</summary>
    public static OperatorCase Long(string name, int gates) => new(
        name,
        Sample.Within(2, 1, 9, 5, 7),
        Sample.Within(0.5f, 2, 2, gates * 17, 7),
        Sample.Within(0.25f, 3, 2, gates * 17, 17),
        Sample.Within(1, 4, 2, 2 * gates * 17))
    {
        Attributes = Attributes.None.With("hidden_size", 17).With("direction", "bidirectional"),
        HasGolden = false,
        FloatTolerance = 2e-5,
    };
}
