namespace MedTune.Data.Augmentation;

/// <summary>One step of a policy.</summary>
/// <param name="Name">The change, by its name in <see cref="AugmentationRegistry"/>.</param>
/// <param name="Probability">How often it is made, 0 to 1.</param>
/// <param name="Strength">How strong it is at most, 0 to 1.</param>
public sealed record AugmentationStep(string Name, double Probability, double Strength);
