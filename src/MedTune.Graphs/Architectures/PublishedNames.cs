using System.Collections.Immutable;

namespace MedTune.Graphs.Architectures;

/// <summary>The few ways in which files of one network name the same parameter.</summary>
internal static class PublishedNames
{
    // Counters of steps, lists of indices, what stands for a masked patch, and the language model's own head.
    private static readonly string[] NeverNeededEndings = ["num_batches_tracked", "position_ids", "mask_token"];
    private static readonly string[] NeverNeededBeginnings = ["cls.predictions.", "cls.seq_relationship."];

    /// <summary>The network's name of a tensor of a file; the file's where the network has none like it.</summary>
    public static string InNetwork(string name, string prefix, ImmutableSortedSet<string> wanted)
    {
        string renamed = name switch
        {
            "register_tokens" => "reg_token",
            _ when name.EndsWith(".LayerNorm.gamma", StringComparison.Ordinal) => name[..^"gamma".Length] + "weight",
            _ when name.EndsWith(".LayerNorm.beta", StringComparison.Ordinal) => name[..^"beta".Length] + "bias",
            _ => name,
        };
        return new[] { name, renamed, prefix + renamed }.FirstOrDefault(wanted.Contains, name);
    }

    /// <summary>Whether no network needs the tensor.</summary>
    public static bool IsNeverNeeded(string name) =>
        NeverNeededEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)) ||
        NeverNeededBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
