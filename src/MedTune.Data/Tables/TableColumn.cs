using System.Text;

namespace MedTune.Data;

/// <summary>One column of a table as text: each distinct text once, and for every row the code of its text.</summary>
/// <remarks>White space around the texts is removed. Codes are 0, 1, 2 ... in the order of first appearance.</remarks>
public sealed class TableColumn
{
    private readonly int[] _codes;
    private readonly byte[] _pool;
    private readonly int[] _ends;

    internal TableColumn(string name, int index, int[] codes, byte[] pool, int[] ends, int trimmed)
    {
        Name = name;
        Index = index;
        _codes = codes;
        _pool = pool;
        _ends = ends;
        TrimmedCells = trimmed;
    }

    /// <summary>The column's name, without white space around it.</summary>
    public string Name { get; }

    /// <summary>The column's position, from 0.</summary>
    public int Index { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _codes.Length;

    /// <summary>Number of distinct texts.</summary>
    public int Distinct => _ends.Length;

    /// <summary>Cells that had white space around their text.</summary>
    public int TrimmedCells { get; }

    /// <summary>For every row the code of its text.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>The text of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    public string this[int row] => TextOf(_codes[row]);

    /// <summary>The text of a code.</summary>
    /// <param name="code">From 0 to <see cref="Distinct"/> - 1.</param>
    public string TextOf(int code) => Encoding.UTF8.GetString(Utf8Of(code));

    /// <summary>The text of a code in UTF-8.</summary>
    /// <param name="code">From 0 to <see cref="Distinct"/> - 1.</param>
    public ReadOnlySpan<byte> Utf8Of(int code)
    {
        int start = code == 0 ? 0 : _ends[code - 1];
        return _pool.AsSpan(start, _ends[code] - start);
    }

    /// <summary>The column as numbers: missing and what is no number are NaN.</summary>
    /// <param name="missing">What counts as missing.</param>
    /// <param name="decimalMark">Point or comma; <see cref="TableFormat.DecimalMark"/> of the table.</param>
    /// <param name="notNumbers">Rows that hold a text that is neither missing nor a number.</param>
    public double[] ReadNumbers(MissingMarkers missing, char decimalMark, out int notNumbers)
    {
        ArgumentNullException.ThrowIfNull(missing);
        var values = new double[Distinct];
        var isText = new bool[Distinct];
        for (int code = 0; code < values.Length; code++)
        {
            ReadOnlySpan<byte> text = Utf8Of(code);
            bool isMissing = missing.Contains(text) || MissingMarkers.IsPossible(text);
            isText[code] = !NumberText.TryParse(text, decimalMark, out NumberText number) && !isMissing;
            values[code] = isMissing || isText[code] ? double.NaN : number.Value;
        }

        var numbers = new double[Count];
        notNumbers = 0;
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = values[_codes[row]];
            notNumbers += isText[_codes[row]] ? 1 : 0;
        }

        return numbers;
    }

    /// <summary>The column as texts: missing is the empty text.</summary>
    /// <param name="missing">What counts as missing.</param>
    public string[] ReadTexts(MissingMarkers missing)
    {
        ArgumentNullException.ThrowIfNull(missing);
        var texts = new string[Distinct];
        for (int code = 0; code < texts.Length; code++)
        {
            texts[code] = missing.Contains(Utf8Of(code)) ? "" : TextOf(code);
        }

        return Array.ConvertAll(_codes, code => texts[code]);
    }

    /// <summary>Whether a cell holds anything but a missing marker.</summary>
    /// <param name="row">The data row, from 0.</param>
    /// <param name="missing">What counts as missing.</param>
    public bool IsFilled(int row, MissingMarkers missing)
    {
        ArgumentNullException.ThrowIfNull(missing);
        ReadOnlySpan<byte> text = Utf8Of(_codes[row]);
        return !missing.Contains(text) && !MissingMarkers.IsPossible(text);
    }
}
