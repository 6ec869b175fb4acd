using System.Text;

namespace MedTune.Data;

/// <summary>What is worth saying about the cells of one column.</summary>
internal static class ColumnFindings
{
    /// <summary>The findings of a column whose kind is decided.</summary>
    public static List<Finding> Of(TextCensus census, ColumnProfile profile, MissingMarkers missing, bool isNumeric, bool isDate)
    {
        var findings = new List<Finding>();
        string name = profile.Name;
        AddMarkers(findings, census, missing, takesPossible: isNumeric || isDate || census.Values == 0);
        if (isNumeric)
        {
            AddNumbers(findings, census, name);
        }
        else if (census.HasMixedUnits && census.WithUnit + census.Numbers == census.Values && profile.Distinct > 10)
        {
            findings.Add(new Finding(FindingCodes.MixedUnits, FindingSeverity.Warning, name, census.WithUnit,
                $"'{name}' holds numbers with different units.", "Taken as text, which says little: convert the column to one unit."));
        }

        if (profile.Kind == ColumnKind.Category && profile.Distinct > Math.Max(50, profile.Known / 10))
        {
            findings.Add(new Finding(FindingCodes.ManyLevels, FindingSeverity.Note, name, profile.Distinct,
                $"'{name}' has {profile.Distinct} levels in {profile.Known} rows.", "Kept; levels with few rows say little by themselves."));
        }

        if (profile.LooksCoded)
        {
            findings.Add(new Finding(FindingCodes.LooksCoded, FindingSeverity.Note, name, profile.Distinct,
                $"'{name}' holds {profile.Distinct} distinct whole numbers, which may be codes of categories.",
                "The default plan takes them as codes, each with a weight of its own; where they are amounts, say number in plan.json."));
        }

        return findings;
    }

    private static void AddMarkers(List<Finding> findings, TextCensus census, MissingMarkers missing, bool takesPossible)
    {
        string name = census.Column.Name;
        var words = new Tally();
        var dashes = new Tally();
        for (int code = 0; code < census.Counts.Length; code++)
        {
            ReadOnlySpan<byte> text = census.Column.Utf8Of(code);
            if (census.Is(code, TextKind.PossiblyMissing))
            {
                dashes.Add(text, census.Counts[code]);
            }
            else if (census.Is(code, TextKind.Missing) && !text.IsEmpty && !missing.IsNamed(text))
            {
                words.Add(text, census.Counts[code]);
            }
        }

        if (words.Cells > 0)
        {
            findings.Add(new Finding(FindingCodes.MissingMarker, FindingSeverity.Note, name, words.Cells,
                $"{words.Cells} {Cells(words.Cells)} of '{name}' {(words.Cells == 1 ? "says" : "say")} that the value is not known: {words}.",
                "Taken as missing."));
        }

        if (dashes.Cells > 0 && takesPossible)
        {
            findings.Add(new Finding(FindingCodes.MissingMarker, FindingSeverity.Warning, name, dashes.Cells,
                $"{dashes.Cells} {Cells(dashes.Cells)} of '{name}' {(dashes.Cells == 1 ? "holds" : "hold")} {dashes} among numbers or dates.",
                "Taken as missing; if it stands for a value, such as negative or none, write that value."));
        }
        else if (dashes.Cells > 0)
        {
            findings.Add(new Finding(FindingCodes.PossibleMissingMarker, FindingSeverity.Warning, name, dashes.Cells,
                $"{dashes.Cells} {Cells(dashes.Cells)} of '{name}' {(dashes.Cells == 1 ? "holds" : "hold")} {dashes} beside other texts.",
                $"Kept as a value; if it means that the value is not known, add --missing '{dashes.First}'."));
        }
    }

    private static void AddNumbers(List<Finding> findings, TextCensus census, string name)
    {
        if (census.WithUnit > 0)
        {
            findings.Add(new Finding(FindingCodes.Unit, FindingSeverity.Note, name, census.WithUnit,
                $"{census.WithUnit} {Cells(census.WithUnit)} of '{name}' carry the unit '{census.Unit}'.", "Read the number and set the unit aside."));
        }

        if (census.Grouped > 0)
        {
            findings.Add(new Finding(FindingCodes.NumberFormat, FindingSeverity.Warning, name, census.Grouped,
                $"{census.Grouped} {Cells(census.Grouped)} of '{name}' have thousands separators.",
                "Removed them; check that the marks are no decimal marks."));
        }

        if (census.OtherMark > 0)
        {
            findings.Add(new Finding(FindingCodes.NumberFormat, FindingSeverity.Warning, name, census.OtherMark,
                $"{census.OtherMark} {Cells(census.OtherMark)} of '{name}' use another decimal mark than the rest of the table.",
                "Read it as a decimal mark."));
        }

        if (census.BeyondLimit > 0)
        {
            findings.Add(new Finding(FindingCodes.BeyondLimit, FindingSeverity.Warning, name, census.BeyondLimit,
                $"{census.BeyondLimit} {Cells(census.BeyondLimit)} of '{name}' lie beyond a measuring limit (< or >).",
                "Took the limit as the value."));
        }

        if (census.Texts > 0)
        {
            findings.Add(new Finding(FindingCodes.NotANumber, FindingSeverity.Warning, name, census.Texts,
                $"{census.Texts} {Cells(census.Texts)} of '{name}' {(census.Texts == 1 ? "is no number" : "are no numbers")}, the other {census.Values - census.Texts} are.",
                $"Taken as missing; correct them, or add --categorical '{name}'."));
        }
    }

    private static string Cells(int count) => count == 1 ? "cell" : "cells";

    /// <summary>Markers with their counts, in the order of first appearance.</summary>
    private sealed class Tally
    {
        private readonly StringBuilder _text = new();

        public int Cells { get; private set; }

        public string First { get; private set; } = "";

        public void Add(ReadOnlySpan<byte> marker, int count)
        {
            string text = Encoding.UTF8.GetString(marker);
            First = Cells == 0 ? text : First;
            Cells += count;
            _text.Append(_text.Length > 0 ? ", " : "").Append(System.Globalization.CultureInfo.InvariantCulture, $"'{text}' ({count})");
        }

        public override string ToString() => _text.ToString();
    }
}
