namespace MedTune.Graphs.Operators;

/// <summary>The extents of a recurrent layer, and where its rows are with the steps first (layout 0) or the samples first (layout 1).</summary>
/// <param name="Steps">Length of the longest sequence.</param>
/// <param name="Batch">Number of samples.</param>
/// <param name="Width">Features of a step.</param>
/// <param name="Hidden">Units of one direction.</param>
/// <param name="Directions">1, or 2 for bidirectional.</param>
/// <param name="IsBatchFirst">Whether layout is 1.</param>
internal sealed record RecurrentSizes(int Steps, int Batch, int Width, int Hidden, int Directions, bool IsBatchFirst)
{
    /// <summary>Rows of the input: one per step and sample.</summary>
    public int Rows => Steps * Batch;

    /// <summary>The sizes of a node with the inputs X, W and R.</summary>
    public static RecurrentSizes Of(KernelContext context)
    {
        bool isBatchFirst = context.Attributes.Int("layout", 0) == 1;
        var (x, r) = (context.InputShape(0), context.InputShape(2));
        return new RecurrentSizes(x[isBatchFirst ? 1 : 0], x[isBatchFirst ? 0 : 1], x[2], r[2], r[0], isBatchFirst);
    }

    /// <summary>The row of the input, and of what is kept per step.</summary>
    public int Row(int step, int sample) => IsBatchFirst ? (sample * Steps) + step : (step * Batch) + sample;

    /// <summary>The row of Y.</summary>
    public int OutputRow(int step, int direction, int sample) =>
        IsBatchFirst ? (Row(step, sample) * Directions) + direction : (((step * Directions) + direction) * Batch) + sample;

    /// <summary>The row of an initial or last state.</summary>
    public int StateRow(int direction, int sample) => IsBatchFirst ? (sample * Directions) + direction : (direction * Batch) + sample;
}
