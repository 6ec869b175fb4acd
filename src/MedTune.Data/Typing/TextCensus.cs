namespace MedTune.Data;

/// <summary>Every distinct text of a column, what it is, and in how many of the kept rows it stands.</summary>
internal sealed class TextCensus
{
    private readonly NumberText[] _numbers;

    /// <summary>Looks at each distinct text once.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows that are kept.</param>
    /// <param name="missing">What counts as missing.</param>
    /// <param name="decimalMark">Point or comma.</param>
    public TextCensus(TableColumn column, ReadOnlySpan<int> rows, MissingMarkers missing, char decimalMark)
    {
        Column = column;
        Counts = new int[column.Distinct];
        Kinds = new TextKind[column.Distinct];
        _numbers = new NumberText[column.Distinct];
        ReadOnlySpan<int> codes = column.Codes;
        foreach (int row in rows)
        {
            Counts[codes[row]]++;
        }

        for (int code = 0; code < Counts.Length; code++)
        {
            Kinds[code] = KindOf(column.Utf8Of(code), missing, decimalMark, out _numbers[code]);
        }

        HasMixedUnits = CountUnits() > 1;
        for (int code = 0; code < Counts.Length; code++)
        {
            Tally(code);
        }
    }

    /// <summary>The column.</summary>
    public TableColumn Column { get; }

    /// <summary>For each code the kept rows that have it.</summary>
    public int[] Counts { get; }

    /// <summary>For each code what its text is.</summary>
    public TextKind[] Kinds { get; }

    /// <summary>Rows that are missing wherever they stand.</summary>
    public int Missing { get; private set; }

    /// <summary>Rows with a dash or the like.</summary>
    public int PossiblyMissing { get; private set; }

    /// <summary>Rows with a number, those beyond a limit not counted.</summary>
    public int Numbers { get; private set; }

    /// <summary>Rows with a number beyond a limit (<c>&lt;0.5</c>).</summary>
    public int BeyondLimit { get; private set; }

    /// <summary>Rows with text.</summary>
    public int Texts { get; private set; }

    /// <summary>Rows with a number that carries a unit.</summary>
    public int WithUnit { get; private set; }

    /// <summary>Rows with a number written with thousands separators.</summary>
    public int Grouped { get; private set; }

    /// <summary>Rows with a number written with the other decimal mark.</summary>
    public int OtherMark { get; private set; }

    /// <summary>The unit of the column, or the empty text.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>Whether more than one unit is written in the column; such cells count as text.</summary>
    public bool HasMixedUnits { get; }

    /// <summary>Rows with anything but a missing value; a dash not counted.</summary>
    public int Values => Numbers + BeyondLimit + Texts;

    /// <summary>The number of a code's text.</summary>
    public NumberText NumberOf(int code) => _numbers[code];

    /// <summary>Whether a code is in use and of this kind.</summary>
    public bool Is(int code, TextKind kind) => Counts[code] > 0 && Kinds[code] == kind;

    private static TextKind KindOf(ReadOnlySpan<byte> text, MissingMarkers missing, char decimalMark, out NumberText number)
    {
        number = default;
        if (missing.Contains(text))
        {
            return TextKind.Missing;
        }

        if (MissingMarkers.IsPossible(text))
        {
            return TextKind.PossiblyMissing;
        }

        return NumberText.TryParse(text, decimalMark, out number) ? TextKind.Number : TextKind.Text;
    }

    private int CountUnits()
    {
        var units = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int code = 0; code < Counts.Length && units.Count < 2; code++)
        {
            if (Is(code, TextKind.Number) && _numbers[code].Unit.Length > 0 && units.Add(_numbers[code].Unit))
            {
                Unit = _numbers[code].Unit;
            }
        }

        return units.Count;
    }

    private void Tally(int code)
    {
        int count = Counts[code];
        if (HasMixedUnits && Kinds[code] == TextKind.Number && _numbers[code].Unit.Length > 0)
        {
            Kinds[code] = TextKind.Text;
            WithUnit += count;
        }

        switch (Kinds[code])
        {
            case TextKind.Missing:
                Missing += count;
                break;
            case TextKind.PossiblyMissing:
                PossiblyMissing += count;
                break;
            case TextKind.Text:
                Texts += count;
                break;
            case TextKind.Number when _numbers[code].Form == NumberForm.BeyondLimit:
                BeyondLimit += count;
                break;
            default:
                Numbers += count;
                WithUnit += _numbers[code].Form == NumberForm.WithUnit ? count : 0;
                Grouped += _numbers[code].Form == NumberForm.Grouped ? count : 0;
                OtherMark += _numbers[code].Form == NumberForm.OtherMark ? count : 0;
                break;
        }
    }
}
