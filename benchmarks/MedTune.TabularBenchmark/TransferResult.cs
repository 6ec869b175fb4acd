namespace MedTune.TabularBenchmark;

/// <summary>The whole transfer table.</summary>
internal sealed record TransferResult(string SourceKind, IReadOnlyList<TransferCell> Cells, double Seconds);
