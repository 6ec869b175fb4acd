namespace MedTune;

/// <summary>A plan, or a combination of options, cannot be carried out. The message says what to change.</summary>
public sealed class PlanException : Exception
{
    /// <summary>With a sentence for the person.</summary>
    public PlanException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence for the person and the cause.</summary>
    public PlanException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
