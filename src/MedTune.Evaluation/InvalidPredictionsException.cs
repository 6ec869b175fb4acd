namespace MedTune.Evaluation;

/// <summary>Predictions that cannot be evaluated. The message is one sentence: what is wrong, where, and what was expected.</summary>
public sealed class InvalidPredictionsException : ArgumentException
{
    /// <summary>An exception with the sentence for the person.</summary>
    /// <param name="message">What is wrong, where, and what was expected. No patient's value.</param>
    public InvalidPredictionsException(string message)
        : base(message)
    {
    }
}
