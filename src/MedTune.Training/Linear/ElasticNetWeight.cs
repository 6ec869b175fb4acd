namespace MedTune.Training;

/// <summary>A weight that is not zero.</summary>
/// <param name="Margin">The margin it adds to.</param>
/// <param name="Feature">The feature it multiplies.</param>
/// <param name="Value">The weight of the standardized feature.</param>
public readonly record struct ElasticNetWeight(int Margin, int Feature, double Value);
