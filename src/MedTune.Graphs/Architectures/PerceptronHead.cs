using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>A multilayer perceptron over features and embedded level codes, with ReLU between its layers.</summary>
public static class PerceptronHead
{
    /// <summary>The last layer's initializer added to every margin.</summary>
    public const string Intercept = "output/bias";

    /// <summary>Appends the network with random starting weights (He et al., ICCV 2015), small ones in the last layer.</summary>
    /// <param name="builder">The graph so far.</param>
    /// <param name="features">Float [N, F]; null when there are only categories.</param>
    /// <param name="codes">The categories; each gets an embedding of up to 8 numbers.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="margins">Number of margins: 1 for two classes, else one per class.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">Tells this network from the others of the run.</param>
    /// <param name="name">Name of the result.</param>
    /// <returns>The margins and the names of the trainable initializers with whether weight decay applies.</returns>
    public static (Value Margin, IReadOnlyList<(string Name, bool Decays)> Parameters) Append(
        GraphBuilder builder,
        Value? features,
        IReadOnlyList<LevelCodes> codes,
        IReadOnlyList<int> hidden,
        int margins,
        ulong seed,
        ulong stream,
        string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(hidden);
        var random = new Philox(seed, RandomPurpose.Initialization, stream);
        ulong drawn = 0;
        var parameters = new List<(string, bool)>();
        var parts = new List<Value>();
        if (features is { } matrix)
        {
            parts.Add(matrix);
        }

        foreach (var category in codes)
        {
            int width = Math.Clamp((category.Levels + 1) / 2, 1, 8);
            string table = $"embedding/{category.Label}";
            var rows = builder.Initializer(table, Normal(new Shape(category.Levels, width), 0.1, random, ref drawn));
            parameters.Add((table, true));
            parts.Add(builder.Append("Gather", [rows, category.Codes]));
        }

        if (parts.Count == 0)
        {
            throw new InvalidGraphException("A perceptron needs at least one feature or category.");
        }

        var x = parts.Count == 1 ? parts[0] : builder.Append("Concat", [.. parts], Attributes.None.With("axis", 1));
        int fanIn = parts.Sum(part => part.Type.Dimensions[1].Value ?? throw new InvalidGraphException("The number of features must be known."));
        for (int layer = 0; layer <= hidden.Count; layer++)
        {
            bool last = layer == hidden.Count;
            int units = last ? margins : hidden[layer];
            string prefix = last ? "output" : $"hidden{layer + 1}";
            double deviation = last ? 0.1 / Math.Sqrt(fanIn) : Math.Sqrt(2.0 / fanIn);
            var weights = builder.Initializer($"{prefix}/weights", Normal(new Shape(fanIn, units), deviation, random, ref drawn));
            var bias = builder.Initializer($"{prefix}/bias", new Tensor<float>(new Shape(units)));
            parameters.Add(($"{prefix}/weights", true));
            parameters.Add(($"{prefix}/bias", false));
            x = builder.Append("Gemm", [x, weights, bias], outputName: last ? name : null);
            x = last ? x : builder.Append("Relu", [x]);
            fanIn = units;
        }

        return (x, parameters);
    }

    private static Tensor<float> Normal(Shape shape, double deviation, Philox random, ref ulong drawn)
    {
        var values = new float[shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(deviation * random.Normal(drawn++));
        }

        return new Tensor<float>(shape, values);
    }
}
