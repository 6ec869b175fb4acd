namespace MedTune.Graphs;

/// <summary>A graph, or the file it came from, breaks a rule. The message names the node or value, what was found and what was expected.</summary>
public class InvalidGraphException : Exception
{
    /// <summary>With a sentence for the person.</summary>
    public InvalidGraphException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence for the person and the cause.</summary>
    public InvalidGraphException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
