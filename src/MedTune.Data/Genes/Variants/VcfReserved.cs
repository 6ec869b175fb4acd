using System.Collections.Frozen;

namespace MedTune.Data.Genes;

/// <summary>The keys of INFO and FORMAT that the specification reserves, with the number and type of their values.</summary>
internal static class VcfReserved
{
    // ID Number Type; a - leaves a type open, because the versions disagree or tools do with reason.
    private static readonly FrozenDictionary<string, VcfDefinition> Info41 = Table(
        "AA 1 String", "AC A Integer", "AF A Float", "AN 1 Integer", "BQ 1 Float", "CIGAR A String", "DB 0 Flag", "DP 1 Integer", "END 1 Integer",
        "H2 0 Flag", "H3 0 Flag", "MQ 1 -", "MQ0 1 Integer", "NS 1 Integer", "SOMATIC 0 Flag", "VALIDATED 0 Flag", "1000G 0 Flag");

    private static readonly FrozenDictionary<string, VcfDefinition> Format41 = Table(
        "GT 1 String", "DP 1 Integer", "FT 1 String", "GL G Float", "GLE G String", "PL G Integer", "GP G Float", "GQ 1 Integer", "HQ 2 Integer",
        "PS 1 Integer", "PQ 1 Integer", "EC A Integer", "MQ 1 Integer");

    private static readonly FrozenDictionary<string, VcfDefinition> Depths = Table("AD R Integer", "ADF R Integer", "ADR R Integer");

    private static readonly string[] NeverNegative = ["AC", "AF", "AN", "DP", "END", "MQ0", "NS"];

    /// <summary>The reserved meaning of a key of INFO, or null.</summary>
    public static VcfDefinition? Info(string key, int minor) => Info41.GetValueOrDefault(key) ?? (minor >= 3 ? Depths.GetValueOrDefault(key) : null);

    /// <summary>The reserved meaning of a key of FORMAT, or null.</summary>
    public static VcfDefinition? Format(string key, int minor) => Format41.GetValueOrDefault(key) ?? (minor >= 3 ? Depths.GetValueOrDefault(key) : null);

    /// <summary>Whether a reserved key of INFO holds counts or frequencies.</summary>
    public static bool IsNeverNegative(string key) => NeverNegative.Contains(key);

    private static FrozenDictionary<string, VcfDefinition> Table(params string[] lines) => lines
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(parts => parts[0], parts => new VcfDefinition(parts[0], parts[1], parts[2]), StringComparer.Ordinal);
}
