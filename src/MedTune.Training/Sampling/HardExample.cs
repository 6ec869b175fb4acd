namespace MedTune.Training;

/// <summary>A sample's place in the triage.</summary>
/// <param name="Sample">Its number.</param>
/// <param name="Kind">Why it is hard.</param>
/// <param name="Suspicion">How much speaks for a wrong label, 0 to 1: the mean rank by out-of-fold probability, margin over training and neighbours.</param>
/// <param name="Believed">The class that the model takes it for.</param>
public sealed record HardExample(int Sample, HardExampleKind Kind, double Suspicion, int Believed)
{
    /// <summary>Where each sample has several labels, the place of the one that is meant. Default 0.</summary>
    public int Finding { get; init; }
}
