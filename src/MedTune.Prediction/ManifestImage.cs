using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>What an image model's file remembers of its pictures; tables have columns instead.</summary>
public sealed record ManifestImage
{
    /// <summary>The graph's one input: Float [N, height, width, channels], 0 (black) to 255 (white), one channel (grey) or three (red, green, blue).</summary>
    public const string Pixels = "pixels";

    /// <summary>The value behind resizing and normalization that the network reads, Float [N, channels, height, width].</summary>
    public required string Resized { get; init; }

    /// <summary>The pooled features that the head reads, Float [N, F].</summary>
    public required string Features { get; init; }

    /// <summary>Rows of the resized image; at least 1.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of the resized image; at least 1.</summary>
    public required int Width { get; init; }

    /// <summary>The channels of the resized image in order: <c>RGB</c>, <c>BGR</c> or <c>grey</c>.</summary>
    public required string Order { get; init; }

    /// <summary>What is subtracted from each channel.</summary>
    public required ImmutableArray<double> Mean { get; init; }

    /// <summary>What each channel is then divided by; above 0.</summary>
    public required ImmutableArray<double> Deviation { get; init; }

    /// <summary>The shortest side of a picture seen in training, in pixels.</summary>
    public required int ShortestSide { get; init; }

    /// <summary>The longest side of a picture seen in training, in pixels.</summary>
    public required int LongestSide { get; init; }

    /// <summary>Whether every picture seen in training was grey (true), in colour (false), or some of each (null).</summary>
    public bool? IsGrey { get; init; }

    /// <summary>How volumes were cut into the slices seen in training: <c>axial</c>, <c>coronal</c> or <c>sagittal</c>; null where there were none.</summary>
    public string? Plane { get; init; }

    /// <summary>The network that the model began from, by its name in the catalogue; empty when it was trained from nothing.</summary>
    public string Network { get; init; } = "";

    /// <summary>SHA-256 of that network's file; empty when there was none.</summary>
    public string NetworkDigest { get; init; } = "";
}
