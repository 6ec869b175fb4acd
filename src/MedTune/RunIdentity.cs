using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedTune.Data;

namespace MedTune;

/// <summary>Digests that say whether two runs are the same run.</summary>
internal static class RunIdentity
{
    /// <summary>Of everything a fit depends on: the plan, the data and the folds.</summary>
    public static byte[] Of(Plan plan, string dataDigest, FoldAssignment folds)
    {
        var text = new StringBuilder();
        text.Append(PlanJson.Write(plan)).Append('\n').Append(dataDigest).Append('\n');
        foreach (int fold in folds.FoldOfRow)
        {
            text.Append(fold.ToString(CultureInfo.InvariantCulture)).Append(' ');
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Of some samples of a dataset, whatever their order.</summary>
    public static string OfRows(Dataset dataset, IEnumerable<int> rows)
    {
        string text = string.Join('\n', rows.Select(row => dataset.RowDigests[row]).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
