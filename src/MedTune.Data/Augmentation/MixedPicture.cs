namespace MedTune.Data.Augmentation;

/// <summary>With whom a picture of a batch is mixed.</summary>
/// <param name="Other">The place of the other picture in the batch; its own where nothing is mixed.</param>
/// <param name="Share">The share of the picture's own label, 0 to 1; the rest is the other's.</param>
public sealed record MixedPicture(int Other, double Share);
