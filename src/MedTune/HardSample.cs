namespace MedTune;

/// <summary>A sample that a person should read again: models that had not seen it doubt its class.</summary>
/// <param name="Row">The sample's number, as in its prediction.</param>
/// <param name="Name">How people find it where it is no row of a table.</param>
/// <param name="Target">Its class; of a finding 1 where the label says that it is there, else 0.</param>
/// <param name="Believed">The class that such models take it for; of a finding 1 or 0.</param>
/// <param name="Kind"><c>mislabelled</c> (the label is probably wrong), <c>ambiguous</c> (between classes), <c>rare</c> (few are like it) or <c>easy</c>.</param>
/// <param name="Suspicion">From 0 to 1; the list is sorted by it.</param>
public sealed record HardSample(int Row, string? Name, int Target, int Believed, string Kind, double Suspicion)
{
    /// <summary>Of a sample with several findings, the one whose label is in question; null for classes.</summary>
    public string? Finding { get; init; }
}
