using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Reads a matrix of numbers line by line: thousands of columns, checked cell by cell, without a text for any of them.</summary>
internal sealed class MatrixReader(GeneFile file, ExpressionOptions options, string target, List<Finding> findings)
{
    private const float Greatest = 1e30f;
    private static readonly SearchValues<byte> NumberSigns = SearchValues.Create("0123456789+-.,eE"u8);

    private readonly ByteLines _lines = new(file.Content, file.Where);
    private readonly List<string> _rows = [];
    private readonly List<float[]> _values = [];
    private readonly List<byte> _unquoted = [];
    private string[] _header = [];
    private bool[] _isText = [];
    private byte _separator;
    private long _missing;
    private long _held;

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="DataException">A row is ragged, or a cell is no number.</exception>
    public MatrixContent Read()
    {
        ReadHeader();
        while (_lines.TryRead(out var line))
        {
            if (!line.IsEmpty)
            {
                ReadRow(line);
            }
        }

        if (_rows.Count == 0)
        {
            throw new DataException($"{file.Where}: has no row below its header: check that it is the right file.");
        }

        int[] numbers = [.. Enumerable.Range(0, _header.Length).Where(i => !_isText[i])];
        Tell(_header.Length - numbers.Length);
        return new MatrixContent([.. numbers.Select(i => _header[i])], [.. _rows], _values);
    }

    private void ReadHeader()
    {
        if (!_lines.TryRead(out var line) || line.IsEmpty)
        {
            throw new DataException($"{file.Where}: begins with an empty line: expected the names of the columns.");
        }

        line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        if (line.Contains((byte)0))
        {
            throw new DataException($"{file.Where}: is no text in UTF-8: save it as UTF-8, or check that it is the right file.");
        }

        (int tabs, int commas, int semicolons) = (line.Count((byte)'\t'), line.Count((byte)','), line.Count((byte)';'));
        _separator = tabs > 0 ? (byte)'\t' : semicolons > commas ? (byte)';' : (byte)',';
        if (tabs + commas + semicolons == 0)
        {
            throw new DataException($"{file.Where}: its first line has one column only: expected names set apart by tabs, commas or semicolons.");
        }

        var names = new List<string>();
        bool isDone = false;
        while (TryNext(ref line, ref isDone, out var cell))
        {
            names.Add(Encoding.UTF8.GetString(cell).Trim());
        }

        _header = [.. names.Skip(1)];
        _isText = new bool[_header.Length];
    }

    private void ReadRow(ReadOnlySpan<byte> line)
    {
        bool isFirst = _rows.Count == 0;
        int cells = Cells(line) - 1;
        if (isFirst && cells == _header.Length + 1)
        {
            throw new DataException($"{file.Where}: its first line has one name fewer than line {_lines.Number} has cells, so columns and names cannot be told together: give the first column a name too.");
        }

        if (cells != _header.Length)
        {
            throw new DataException($"{file.Where}: line {_lines.Number} has {cells + 1} cells where the first line has {_header.Length + 1}: correct it where the file was made.");
        }

        bool isDone = false;
        TryNext(ref line, ref isDone, out var name);
        string row = Encoding.UTF8.GetString(name).Trim();
        if (row.Length == 0)
        {
            throw new DataException($"{file.Where}: line {_lines.Number} has no name in its first column: each sample or gene needs one.");
        }

        float[]? values = isFirst ? null : new float[_values[0].Length];
        var first = new List<float>();
        for (int i = 0, at = 0; TryNext(ref line, ref isDone, out var cell); i++)
        {
            cell = cell.Trim(" \t"u8);
            bool isNumber = TryNumber(cell, out float value);
            if (isFirst)
            {
                _isText[i] = (!isNumber && cell.ContainsAnyExcept(NumberSigns)) || _header[i] == target;
            }

            if (_isText[i])
            {
                continue;
            }

            if (!isNumber)
            {
                throw NoNumber(cell, i);
            }

            _missing += float.IsNaN(value) ? 1 : 0;
            if (values is null)
            {
                first.Add(value);
            }
            else
            {
                values[at++] = value;
            }
        }

        Keep(row, values ?? [.. first]);
    }

    private void Keep(string row, float[] values)
    {
        _held += values.Length;
        if (values.Length == 0 || _held > options.LargestMatrix)
        {
            throw new DataException(values.Length == 0
                ? $"{file.Where}: line {_lines.Number} holds no number: expected a matrix of measurements (for a decimal comma say so with --decimal comma)."
                : $"{file.Where}: holds more than {options.LargestMatrix} values: choose genes or samples before, or allow more memory.");
        }

        _rows.Add(row);
        _values.Add(values);
    }

    private bool TryNumber(ReadOnlySpan<byte> cell, out float value)
    {
        if (options.DecimalMark == ',' && cell.Contains((byte)','))
        {
            byte[] pointed = cell.ToArray();
            pointed.AsSpan().Replace((byte)',', (byte)'.');
            cell = cell.Contains((byte)'.') ? [] : pointed;
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (cell.Length > 0 && cell[0] <= (byte)'9' && float.TryParse(cell, Styles, CultureInfo.InvariantCulture, out value))
        {
            value += 0f; // -0 and 0 are one value
            return Math.Abs(value) <= Greatest;
        }

        value = float.NaN;
        return cell.IsEmpty || MissingMarkers.Default.Contains(cell);
    }

    private DataException NoNumber(ReadOnlySpan<byte> cell, int column)
    {
        bool isComma = cell.Contains((byte)',') && options.DecimalMark == '.';
        return new DataException($"{file.Where}: line {_lines.Number}, column {column + 2} holds {(isComma ? "a comma where numbers have a point" : "something that is no number up to 1e30")}: "
            + (isComma ? "say with --decimal comma if it is the decimal mark." : "correct it, or leave the cell empty if the value is missing."));
    }

    private int Cells(ReadOnlySpan<byte> line)
    {
        if (!line.Contains((byte)'"'))
        {
            return line.Count(_separator) + 1;
        }

        int count = 0;
        bool isDone = false;
        while (TryNext(ref line, ref isDone, out _))
        {
            count++;
        }

        return count;
    }

    /// <summary>The next cell, without quotation marks around it.</summary>
    private bool TryNext(ref ReadOnlySpan<byte> line, ref bool isDone, out ReadOnlySpan<byte> cell)
    {
        if (isDone)
        {
            cell = default;
            return false;
        }

        if (line.Length > 0 && line[0] == (byte)'"')
        {
            cell = Quoted(ref line, ref isDone);
            return true;
        }

        int end = line.IndexOf(_separator);
        isDone = end < 0;
        cell = isDone ? line : line[..end];
        line = isDone ? default : line[(end + 1)..];
        return true;
    }

    private ReadOnlySpan<byte> Quoted(ref ReadOnlySpan<byte> line, ref bool isDone)
    {
        _unquoted.Clear();
        for (int i = 1; i < line.Length; i++)
        {
            if (line[i] != (byte)'"')
            {
                _unquoted.Add(line[i]);
            }
            else if (i + 1 < line.Length && line[i + 1] == (byte)'"')
            {
                _unquoted.Add(line[i++]);
            }
            else if (i + 1 == line.Length || line[i + 1] == _separator)
            {
                isDone = i + 1 == line.Length;
                line = isDone ? default : line[(i + 2)..];
                return CollectionsMarshal.AsSpan(_unquoted);
            }
            else
            {
                break;
            }
        }

        throw new DataException($"{file.Where}: line {Math.Max(_lines.Number, 1)} has quotation marks that do not fit: correct it where the file was made.");
    }

    private void Tell(int texts)
    {
        if (texts > 0)
        {
            bool isTarget = _header.Contains(target);
            findings.Add(new Finding(GeneFindingCodes.TextColumns, FindingSeverity.Warning, isTarget ? target : null, texts,
                $"{file.Where}: {texts} {(texts == 1 ? "column is" : "columns are")} no measurement (text{(isTarget ? ", or the label itself" : "")}).", "Left out."));
        }

        if (_missing > 0)
        {
            findings.Add(new Finding(GeneFindingCodes.MissingValues, FindingSeverity.Warning, null, (int)Math.Min(_missing, int.MaxValue),
                $"{file.Where}: {_missing} values are missing.", "Kept as missing; a model needs them filled in from training samples only."));
        }
    }
}
