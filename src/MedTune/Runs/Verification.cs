using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace MedTune;

/// <summary>What came out when a run was trained again.</summary>
/// <param name="Comparisons">One per file that must come out the same.</param>
public sealed record Verification(ImmutableArray<DigestComparison> Comparisons)
{
    /// <summary>Whether every file came out the same.</summary>
    public bool IsEqual => Comparisons.All(comparison => comparison.IsEqual);

    internal static Verification Of(RunRecord record, ImmutableSortedDictionary<string, string> kept, Run again)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RunFolder.ModelFileName] = again.Model.Digest,
            [RunFolder.MetricsFileName] = DigestOf(MetricsFile.ToText(again.Parts, again.Sites)),
            [RunFolder.PredictionsFileName] = DigestOf(PredictionsFile.ToText(again.Parts, again.Model.Manifest.Classes)),
        };
        return new Verification([.. RunFolder.Reproduced.Select(file => new DigestComparison(file, record.Digests.GetValueOrDefault(file) ?? "", kept[file], found[file]))]);
    }

    private static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
