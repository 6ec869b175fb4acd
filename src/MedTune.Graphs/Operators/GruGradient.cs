namespace MedTune.Graphs.Operators;

/// <summary>The gradients of <see cref="Gru"/>.</summary>
internal sealed class GruGradient() : RecurrentGradientOperator(new Gru());
