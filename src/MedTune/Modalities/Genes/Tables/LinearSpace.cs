using MedTune.Graphs;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>What a linear model makes of raw values before it weighs them: measured on training rows, and the same nodes in the model's graph.</summary>
internal abstract class LinearSpace
{
    /// <summary>Number of columns.</summary>
    public abstract int Width { get; }

    /// <summary>The columns over the training rows; none in a space that was read from a record.</summary>
    public abstract double[][] Columns { get; }

    /// <summary>Lets go of the columns: a fit needs them, answers do not, and a wide table has many.</summary>
    public abstract void ForgetColumns();

    /// <summary>The columns of any sample.</summary>
    /// <param name="values">Its raw values.</param>
    /// <param name="destination">Receives the columns.</param>
    public abstract void Row(ReadOnlySpan<float> values, Span<double> destination);

    /// <summary>Keeps what was measured.</summary>
    public abstract void Write(FitRecord record);

    /// <summary>Appends the nodes from raw values to margins.</summary>
    /// <param name="builder">The graph so far.</param>
    /// <param name="input">Raw values, Float [N, features].</param>
    /// <param name="fit">The weights of the columns.</param>
    /// <param name="name">Name of the margins.</param>
    public abstract Value Append(GraphBuilder builder, Value input, GeneLinearFit fit, string name);
}
