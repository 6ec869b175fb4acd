using System.Collections.Immutable;

namespace MedTune.Data.Augmentation;

/// <summary>Policies for kinds of pictures: what may change without changing the truth.</summary>
public static class AugmentationPreset
{
    private static readonly ImmutableArray<string> Tones = ["brightness", "contrast", "gamma"];
    private static readonly ImmutableArray<string> Losses = ["noise", "blur", "jpeg", "resolution"];

    /// <summary>The names of the presets, with what each is for.</summary>
    public static ImmutableSortedDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["none"] = "nothing changes",
        ["general"] = "any kind: one change of tone, place or quality; sides stay",
        ["chest-x-ray"] = "small turns and shifts, tones and losses; never flipped, because the heart has a side",
        ["dermatoscopy"] = "any turn and flip, colours of lamps, blur",
        ["fundus"] = "small turns, tones; never flipped, because the side of the eye matters",
        ["histology"] = "any quarter turn and flip, stains, focus",
        ["ultrasound"] = "small turns, gain (gamma), noise, shadows cut out; never turned far, because depth points down",
        ["blood-smear"] = "any turn and flip, stains, focus",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Whether what matters in such pictures is small, such as single cells in a wide field.</summary>
    /// <param name="name">The name of a preset.</param>
    public static bool HasSmallObjects(string name) => name == "blood-smear";

    /// <summary>The policy of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that there are.</exception>
    public static AugmentationPolicy Of(string name) => name switch
    {
        "none" => AugmentationPolicy.None,
        "general" => new() { OneOf = ["rotation-small", "affine", "crop", .. Tones, .. Losses, "cut-out"], OneOfStrength = 0.7 },
        "chest-x-ray" => new() { OneOf = [.. Tones, .. Losses], OneOfStrength = 0.6, Steps = [new("rotation-small", 0.5, 1), new("affine", 0.5, 0.5)] },
        "dermatoscopy" => new() { OneOf = [.. Tones, "saturation", "colour", "blur"], OneOfStrength = 0.7, Steps = [.. AnySide, new("rotation-full", 0.5, 1), new("affine", 0.5, 0.7)] },
        "fundus" => new() { OneOf = [.. Tones, "saturation", "blur", "jpeg"], OneOfStrength = 0.6, Steps = [new("rotation", 0.5, 0.5), new("affine", 0.5, 0.5)] },
        "histology" => new() { OneOf = [.. Tones, "saturation", "colour", "blur", "jpeg"], OneOfStrength = 0.8, Steps = [.. AnySide, new("crop", 0.5, 0.5), new("elastic", 0.2, 0.5)] },
        "ultrasound" => new() { OneOf = ["gamma", "contrast", "noise", "resolution", "cut-out"], OneOfStrength = 0.7, Steps = [new("rotation-small", 0.5, 1), new("affine", 0.5, 0.5)] },
        "blood-smear" => new() { OneOf = [.. Tones, "saturation", "colour", "blur"], OneOfStrength = 0.6, Steps = [.. AnySide, new("affine", 0.3, 0.5)] },
        _ => throw new ArgumentException($"There is no preset '{name}'; there are {string.Join(", ", Names.Keys)}.", nameof(name)),
    };

    private static ImmutableArray<AugmentationStep> AnySide => [new("quarter-turn", 1, 1), new("flip-horizontal", 1, 1)];
}
