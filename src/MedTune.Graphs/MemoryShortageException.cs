namespace MedTune.Graphs;

/// <summary>A plan does not fit into the memory that its options allow, whatever is computed again.</summary>
public sealed class MemoryShortageException : InvalidGraphException
{
    /// <summary>With a sentence for the person.</summary>
    /// <param name="message">What does not fit, and what to do.</param>
    /// <param name="needed">The least bytes with which it can be planned.</param>
    public MemoryShortageException(string message, long needed)
        : base(message) => Needed = needed;

    /// <summary>The least value of <see cref="PlanOptions.TotalLimit"/> with which the graph can be planned.</summary>
    public long Needed { get; }
}
