namespace MedTune.Training;

/// <summary>A leaf that may still be split.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Sums">Gradients and weight over its samples.</param>
/// <param name="Range">Between which values its answers must lie; everything without monotone features.</param>
internal sealed record OpenLeaf(GrownNode Node, double[] Sums, (double Low, double High) Range)
{
    /// <summary>Its histogram, where one was made.</summary>
    public Histogram? Histogram { get; set; }

    /// <summary>The best way to split it.</summary>
    public Split? Split { get; set; }
}
