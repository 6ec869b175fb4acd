namespace MedTune.Reports;

/// <summary>Rows whose predicted risk lies in an interval.</summary>
/// <param name="Low">Lower end, 0..1.</param>
/// <param name="High">Upper end, above <paramref name="Low"/>, at most 1.</param>
/// <param name="Without">Rows without the outcome.</param>
/// <param name="With">Rows with the outcome.</param>
public readonly record struct RiskBin(double Low, double High, int Without, int With);
