namespace MedTune.Data.Images;

/// <summary>Reads the name of a part as people write it.</summary>
internal static class PartName
{
    public const string Train = "train";
    public const string Test = "test";

    /// <summary><c>train</c>, <c>val</c> or <c>test</c>, or null for another word.</summary>
    public static string? Of(string word) => word.Trim().ToLowerInvariant() switch
    {
        "train" or "training" => "train",
        "val" or "valid" or "validation" or "dev" => "val",
        "test" or "testing" => "test",
        _ => null,
    };
}
