namespace MedTune;

/// <summary>A gene or variant that a linear model chose.</summary>
/// <param name="Name">As in the data.</param>
/// <param name="Class">The class that more of it speaks for.</param>
/// <param name="LogOdds">Change of that class's log-odds for one standard deviation more; above 0.</param>
/// <param name="Selected">In which share of subsamples it was chosen, 0 to 1.</param>
public sealed record ChosenGene(string Name, string Class, double LogOdds, double Selected);
