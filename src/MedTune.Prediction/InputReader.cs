using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;

namespace MedTune.Prediction;

/// <summary>Turns texts into a model's raw inputs by its manifest, and says what is unusual about them.</summary>
internal sealed class InputReader
{
    private readonly Manifest _manifest;
    private readonly MissingMarkers _missing;

    public InputReader(Manifest manifest)
    {
        _manifest = manifest;
        _missing = MissingMarkers.With(manifest.MissingMarkers);
    }

    /// <summary>The inputs for every row of a table, with warnings per row.</summary>
    public (RawInputs Inputs, IReadOnlyList<ImmutableArray<string>> Warnings) Read(Table table)
    {
        var absent = _manifest.Columns.Where(column => table.Find(column.Name) is null).Select(column => $"'{column.Name}'").ToArray();
        if (absent.Length > 0)
        {
            throw new DataException(
                $"The data lack {absent.Length} of the {_manifest.Columns.Length} columns the model was trained on: {string.Join(", ", absent.Take(10))}"
                + $"{(absent.Length > 10 ? " ..." : "")}. Add them (empty cells are allowed) or rename the columns that mean the same.");
        }

        var warnings = Enumerable.Range(0, table.RowCount).Select(_ => new List<string>()).ToArray();
        var inputs = new RawInputs(table.RowCount);
        foreach (var column in _manifest.Columns)
        {
            var cells = table[column.Name];
            if (column.Kind == "category")
            {
                inputs.Add(column.Name, Texts(column, cells, warnings));
            }
            else
            {
                inputs.Add(column.Name, Numbers(column, cells, table.Format.DecimalMark, warnings));
            }
        }

        return (inputs, [.. warnings.Select(list => list.ToImmutableArray())]);
    }

    /// <summary>The inputs for one sample given by hand; columns left out are missing.</summary>
    public (RawInputs Inputs, IReadOnlyList<ImmutableArray<string>> Warnings) Read(IReadOnlyDictionary<string, string> row)
    {
        foreach (string name in row.Keys)
        {
            if (!_manifest.Columns.Any(column => column.Name == name))
            {
                throw new DataException($"The model has no column '{name}'; it has {string.Join(", ", _manifest.Columns.Select(column => $"'{column.Name}'"))}.");
            }
        }

        var complete = _manifest.Columns.ToDictionary(
            column => column.Name, column => row.TryGetValue(column.Name, out string? text) ? text : "", StringComparer.Ordinal);
        return Read(Table.FromRecord(complete));
    }

    private string[] Texts(ManifestColumn column, TableColumn cells, List<string>[] warnings)
    {
        string[] texts = cells.ReadTexts(_missing);
        var known = column.Levels.ToHashSet(StringComparer.Ordinal);
        for (int row = 0; row < texts.Length; row++)
        {
            if (texts[row].Length == 0)
            {
                NoteMissing(column, warnings[row]);
            }
            else if (!known.Contains(texts[row]))
            {
                warnings[row].Add($"{column.Name}: a value that was not seen in training");
            }
        }

        return texts;
    }

    /// <summary>The cells of a column that held numbers in training.</summary>
    /// <exception cref="DataException">Most of them are no numbers here.</exception>
    internal static double[] NumbersOf(ManifestColumn column, TableColumn cells, MissingMarkers missing, char decimalMark, out int notNumbers)
    {
        double[] values = cells.ReadNumbers(missing, decimalMark, out notNumbers);
        int filled = values.Count(value => !double.IsNaN(value)) + notNumbers;
        return notNumbers * 2 <= filled
            ? values
            : throw new DataException(
                $"Column '{column.Name}' was a number in training; here {notNumbers} of {filled} values are not numbers. Check that the column means the same.");
    }

    private float[] Numbers(ManifestColumn column, TableColumn cells, char decimalMark, List<string>[] warnings)
    {
        double[] values = NumbersOf(column, cells, _missing, decimalMark, out int notNumbers);
        var levels = column.Levels.ToHashSet(StringComparer.Ordinal);
        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            if (double.IsNaN(value))
            {
                if (notNumbers > 0 && cells.IsFilled(row, _missing))
                {
                    warnings[row].Add($"{column.Name}: not a number, treated as missing");
                }
                else
                {
                    NoteMissing(column, warnings[row]);
                }
            }
            else if (column.Kind == "coded")
            {
                if (!levels.Contains(LevelText((float)value)))
                {
                    warnings[row].Add($"{column.Name}: a code that was not seen in training");
                }
            }
            else if (value < column.Minimum || value > column.Maximum)
            {
                warnings[row].Add(string.Create(
                    CultureInfo.InvariantCulture, $"{column.Name}: outside the range seen in training ({column.Minimum:0.###} to {column.Maximum:0.###})"));
            }
        }

        return Array.ConvertAll(values, value => (float)value);
    }

    /// <summary>How a numeric level is written in the manifest.</summary>
    internal static string LevelText(float level) => level.ToString("R", CultureInfo.InvariantCulture);

    private static void NoteMissing(ManifestColumn column, List<string> warnings)
    {
        if (column.MissingShare == 0)
        {
            warnings.Add($"{column.Name}: missing, which never happened in training");
        }
    }
}
