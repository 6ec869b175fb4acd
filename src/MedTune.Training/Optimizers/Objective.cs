namespace MedTune.Training;

/// <summary>A function to be minimised, with its gradient.</summary>
/// <param name="parameters">Where to evaluate it.</param>
/// <param name="gradient">Receives the gradient; same length as <paramref name="parameters"/>.</param>
/// <returns>The function's value; NaN or infinity where it cannot be evaluated.</returns>
public delegate double Objective(ReadOnlySpan<double> parameters, Span<double> gradient);
