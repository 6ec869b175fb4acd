namespace MedTune.Modalities.Genes;

/// <summary>What a linear model makes of a gene or a variant.</summary>
/// <param name="Feature">Its column.</param>
/// <param name="Margin">The margin it adds to.</param>
/// <param name="Weight">Change of the log-odds for one standard deviation more.</param>
/// <param name="Selected">In which share of subsamples it was chosen, 0 to 1.</param>
internal sealed record GeneWeight(int Feature, int Margin, double Weight, double Selected);
