using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Data that cannot be used as it is: a file, a column, a target or a fold file that is refused.</summary>
/// <remarks>The message is one or two sentences for the person who has the data: what is wrong, where, and what to do.
/// It never holds the content of an identifier or free-text cell. The command line ends with exit code 3.</remarks>
public sealed class DataException : Exception
{
    /// <summary>A refusal with the sentence that explains it.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal for several reasons.</summary>
    /// <param name="lines">What is wrong on the whole, then each reason by itself.</param>
    public DataException(ImmutableArray<string> lines)
        : base(string.Join(' ', lines)) => Lines = lines;

    /// <summary>A refusal with the sentence that explains it and the failure that led to it.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">The failure underneath.</param>
    public DataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The message line by line; a single line unless there are several reasons.</summary>
    public ImmutableArray<string> Lines
    {
        get => field.IsDefault ? [Message] : field;
        private init;
    }
}
