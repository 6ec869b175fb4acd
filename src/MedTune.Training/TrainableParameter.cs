namespace MedTune.Training;

/// <summary>An initializer that training changes.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="IsPenalized">Whether penalties and weight decay pull at it; intercepts are left free.</param>
public sealed record TrainableParameter(string Name, bool IsPenalized)
{
    /// <summary>A penalty of its own towards where the parameter starts, whatever the penalty of the fit; full-batch fits only. Default 0.</summary>
    public double OwnPenalty { get; init; }
}
