using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Raw column values ready for a graph: floats with missing as NaN, or texts with missing as the empty string.</summary>
internal sealed class RawInputs
{
    private readonly Dictionary<string, Tensor> _columns = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public RawInputs(int rows) => Rows = rows;

    /// <summary>Number of samples.</summary>
    public int Rows { get; }

    /// <summary>The values of a column, [rows].</summary>
    public Tensor this[string name] => _columns[name];

    /// <summary>The same columns for some of the samples, in the order given.</summary>
    public RawInputs Select(ReadOnlySpan<int> rows)
    {
        var chosen = new RawInputs(rows.Length);
        foreach (var (name, column) in _columns)
        {
            if (column is Tensor<string> texts)
            {
                chosen.Add(name, Take(texts.Values, rows));
            }
            else
            {
                chosen.Add(name, Take(column.Values<float>(), rows));
            }
        }

        return chosen;
    }

    /// <summary>One sample's values as canonical texts, in the order the columns were added; missing is empty.</summary>
    public IEnumerable<string> Texts(int row)
    {
        foreach (string name in _order)
        {
            var column = _columns[name];
            yield return column is Tensor<string> texts ? texts.Values[row] : Text(column.Values<float>()[row]);
        }
    }

    public void Add(string name, float[] values) => Add(name, new Tensor<float>(new Shape(Rows), values));

    public void Add(string name, string[] values) => Add(name, new Tensor<string>(new Shape(Rows), values));

    private static T[] Take<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = values[rows[i]];
        }

        return taken;
    }

    private static string Text(float value) => float.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private void Add(string name, Tensor values)
    {
        _columns.Add(name, values);
        _order.Add(name);
    }
}
