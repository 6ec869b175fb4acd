namespace MedTune.Graphs.Operators;

/// <summary>The gradients of <see cref="Lstm"/>.</summary>
internal sealed class LstmGradient() : RecurrentGradientOperator(new Lstm());
