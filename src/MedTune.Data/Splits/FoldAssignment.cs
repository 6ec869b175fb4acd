namespace MedTune.Data;

/// <summary>Which fold each row is tested in.</summary>
/// <param name="FoldOfRow">For each row of the dataset its fold, from 0, or -1 where the row is in none. Not to be changed.</param>
/// <param name="Folds">Number of folds.</param>
public sealed record FoldAssignment(int[] FoldOfRow, int Folds)
{
    /// <summary>The rows of a fold, rising: what is predicted there.</summary>
    /// <param name="fold">From 0 to <see cref="Folds"/> - 1.</param>
    public int[] TestRows(int fold) => RowsWhere(other => other == fold);

    /// <summary>The rows of all other folds, rising: what is trained on there. Rows in no fold are not among them.</summary>
    /// <param name="fold">From 0 to <see cref="Folds"/> - 1.</param>
    public int[] TrainingRows(int fold) => RowsWhere(other => other >= 0 && other != fold);

    private int[] RowsWhere(Func<int, bool> belongs)
    {
        var rows = new List<int>(FoldOfRow.Length);
        for (int row = 0; row < FoldOfRow.Length; row++)
        {
            if (belongs(FoldOfRow[row]))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
