using System.Globalization;
using System.Text;
using MedTune.Data;

namespace MedTune;

/// <summary>The folds of a run as <c>folds.csv</c>: data row or picture, and fold, and nothing else of the file they came from.</summary>
internal static class RecordedFolds
{
    public static string ToText(FoldAssignment folds, Func<int, string> nameOf)
    {
        var text = new StringBuilder("row,fold\n");
        for (int row = 0; row < folds.FoldOfRow.Length; row++)
        {
            if (folds.FoldOfRow[row] >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{nameOf(row)},{folds.FoldOfRow[row]}\n");
            }
        }

        return text.ToString();
    }
}
