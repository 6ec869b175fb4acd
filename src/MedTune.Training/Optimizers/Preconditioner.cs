namespace MedTune.Training;

/// <summary>Multiplies a vector with a symmetric positive definite matrix, in place: about the inverse of an objective's second derivatives.</summary>
/// <param name="vector">One entry per parameter.</param>
public delegate void Preconditioner(Span<double> vector);
