namespace MedTune.Prediction;

/// <summary>A model file is refused. The message says what was found, what was expected and what to do.</summary>
public sealed class ModelFileException : Exception
{
    /// <summary>With a sentence for the person.</summary>
    public ModelFileException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence for the person and the cause.</summary>
    public ModelFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
