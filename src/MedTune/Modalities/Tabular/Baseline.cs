using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune.Modalities.Tabular;

/// <summary>The columns by outcome and by part.</summary>
internal static class Baseline
{
    /// <summary>The name of the split by class.</summary>
    public const string Outcome = "outcome";

    /// <summary>The name of the split into training folds and sealed part.</summary>
    public const string Part = "part";

    /// <summary>Measures the dataset.</summary>
    /// <param name="dataset">All rows.</param>
    /// <param name="sealedRows">Rows set aside; empty when there are none.</param>
    public static BaselineTable Of(Dataset dataset, ImmutableHashSet<int> sealedRows)
    {
        var splits = ImmutableArray.Create(new BaselineSplit(Outcome, dataset.ClassNames, dataset.Target));
        if (sealedRows.Count > 0)
        {
            int[] part = [.. Enumerable.Range(0, dataset.RowCount).Select(row => sealedRows.Contains(row) ? 1 : 0)];
            splits = splits.Add(new BaselineSplit(Part, ["training folds", "sealed"], part));
        }

        return BaselineTable.Measure(dataset, splits);
    }
}
