using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>What a person says about a collection of pictures. What is not said is taken from the data, or asked back.</summary>
public sealed record ImageSetOptions
{
    /// <summary>The manifest's column of labels. Default: <c>label</c>.</summary>
    public string? Target { get; init; }

    /// <summary>The manifest's column of patients. Default: <c>patient_id</c> where it is there.</summary>
    public string? Patient { get; init; }

    /// <summary>The manifest's column of sites. Default: <c>site</c> where it is there.</summary>
    public string? Site { get; init; }

    /// <summary>The class that counts as positive where there are two; it becomes the last one. Default: the second in alphabetical order.</summary>
    public string? Positive { get; init; }

    /// <summary>Names of the classes in the order of their numbers, for data that has numbers only. Default: <c>0</c>, <c>1</c>, ...</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>Names of findings, each of which a picture has or has not; other labels are passed over. Default: what the data say.</summary>
    public ImmutableArray<string> Findings { get; init; } = [];

    /// <summary>How identifiers are made into pseudonyms. Default: under a key that nobody keeps.</summary>
    public Pseudonyms? Pseudonyms { get; init; }
}
