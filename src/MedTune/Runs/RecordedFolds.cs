using System.Globalization;
using System.Text;
using MedTune.Data;

namespace MedTune;

/// <summary>The folds of a run as <c>folds.csv</c>: data row and fold, and nothing else of the file they came from.</summary>
internal static class RecordedFolds
{
    public static string ToText(FoldAssignment folds, Dataset dataset)
    {
        var text = new StringBuilder("row,fold\n");
        for (int row = 0; row < folds.FoldOfRow.Length; row++)
        {
            if (folds.FoldOfRow[row] >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{dataset.RowNumbers[row]},{folds.FoldOfRow[row]}\n");
            }
        }

        return text.ToString();
    }
}
