namespace MedTune.Graphs.Operators;

/// <summary>The gradients of <see cref="Rnn"/>.</summary>
internal sealed class RnnGradient() : RecurrentGradientOperator(new Rnn());
