using System.Globalization;

namespace MedTune.Prediction;

/// <summary>The patient that explanations of some models start from: the median of each number, the most frequent level of each category.</summary>
/// <param name="manifest">Says what is typical.</param>
internal sealed class TypicalPatient(Manifest manifest)
{
    /// <summary>Rows of which each column is the sample's or the typical patient's.</summary>
    /// <param name="sample">One sample.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="isOwn">Whether a row has the sample's value in a column; columns by their place in the manifest.</param>
    public RawInputs Mixed(RawInputs sample, int rows, Func<int, int, bool> isOwn)
    {
        var inputs = new RawInputs(rows);
        for (int c = 0; c < manifest.Columns.Length; c++)
        {
            int place = c;
            var column = manifest.Columns[c];
            if (column.Kind == "category")
            {
                string own = sample[column.Name].Values<string>()[0];
                inputs.Add(column.Name, [.. Enumerable.Range(0, rows).Select(row => isOwn(row, place) ? own : column.Mode)]);
            }
            else
            {
                float own = sample[column.Name].Values<float>()[0];
                float typical = column.Kind == "coded"
                    ? float.TryParse(column.Mode, CultureInfo.InvariantCulture, out float mode) ? mode : float.NaN
                    : (float)(column.Fill ?? 0);
                inputs.Add(column.Name, [.. Enumerable.Range(0, rows).Select(row => isOwn(row, place) ? own : typical)]);
            }
        }

        return inputs;
    }
}
