using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>A linear model over features and level codes: <c>features W + b + sum of one row per code</c>.</summary>
/// <remarks>A category's weights are a table that is looked up, never a dense one-hot matrix: some columns have thousands of levels.</remarks>
public static class LinearHead
{
    /// <summary>The initializer [features, margins] that multiplies the features.</summary>
    public const string Weights = "weights";

    /// <summary>The initializer [margins] added to every sample.</summary>
    public const string Intercept = "intercept";

    /// <summary>The initializer [levels, margins] of a category.</summary>
    public static string TableOf(string label) => $"levels/{label}";

    /// <summary>Appends the head with all weights zero.</summary>
    /// <param name="builder">The graph so far.</param>
    /// <param name="features">Float [N, F]; null when there are only categories.</param>
    /// <param name="codes">The categories.</param>
    /// <param name="margins">Number of margins: 1 for two classes, else one per class.</param>
    /// <param name="name">Name of the result.</param>
    /// <returns>The margins, Float [N, margins].</returns>
    public static Value Append(GraphBuilder builder, Value? features, IReadOnlyList<LevelCodes> codes, int margins, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(codes);
        var intercept = builder.Initializer(Intercept, new Tensor<float>(new Shape(margins)));
        int left = codes.Count;
        Value sum;
        if (features is { } matrix)
        {
            int width = matrix.Type.Dimensions[1].Value ?? throw new InvalidGraphException("The number of features must be known.");
            var weights = builder.Initializer(Weights, new Tensor<float>(new Shape(width, margins)));
            sum = builder.Append("Gemm", [matrix, weights, intercept], outputName: left == 0 ? name : null);
        }
        else if (left > 0)
        {
            sum = intercept;
        }
        else
        {
            throw new InvalidGraphException("A linear head needs at least one feature or category.");
        }

        foreach (var category in codes)
        {
            var table = builder.Initializer(TableOf(category.Label), new Tensor<float>(new Shape(category.Levels, margins)));
            var rows = builder.Append("Gather", [table, category.Codes]);
            sum = builder.Append("Add", [rows, sum], outputName: --left == 0 ? name : null);
        }

        return sum;
    }
}
