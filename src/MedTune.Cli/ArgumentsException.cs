namespace MedTune.Cli;

/// <summary>The arguments cannot be carried out, whatever the data hold. The message says what to type instead.</summary>
internal sealed class ArgumentsException(string message) : Exception(message);
