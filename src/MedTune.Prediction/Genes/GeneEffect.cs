namespace MedTune.Prediction;

/// <summary>What a gene or a variant adds to an answer.</summary>
/// <param name="Feature">The gene or variant, as the model names it.</param>
/// <param name="Value">The measurement or dosage of the sample; NaN where it is missing.</param>
/// <param name="LogOdds">The log-odds with the value, less those with it missing.</param>
public sealed record GeneEffect(string Feature, double Value, double LogOdds);
