namespace MedTune.TabularBenchmark;

/// <summary>One number of labelled patients at one hospital, over the seeds.</summary>
/// <param name="Target">The hospital.</param>
/// <param name="Labelled">Number of labelled patients.</param>
/// <param name="Own">The figures of the default command, per seed.</param>
/// <param name="Source">The source model untouched.</param>
/// <param name="NewIntercept">The source model with an intercept refitted to the labelled patients by maximum likelihood.</param>
/// <param name="Adaptations">How often each adaptation was chosen.</param>
internal sealed record TransferCell(
    string Target, int Labelled, Scores[] Own, Scores[] Source, Scores[] NewIntercept, SortedDictionary<string, int> Adaptations);
