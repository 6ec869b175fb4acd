namespace MedTune.Cli;

/// <summary>A person stopped the work. The message says how to go on.</summary>
internal sealed class StoppedException(string message, Exception innerException) : OperationCanceledException(message, innerException);
