namespace MedTune.Training;

/// <summary>How a minimisation ended.</summary>
/// <param name="Value">The objective at the end.</param>
/// <param name="GradientNorm">The largest gradient entry at the end.</param>
/// <param name="Iterations">Iterations done.</param>
/// <param name="Converged">Whether the gradient tolerance was reached.</param>
public sealed record LbfgsResult(double Value, double GradientNorm, int Iterations, bool Converged);
