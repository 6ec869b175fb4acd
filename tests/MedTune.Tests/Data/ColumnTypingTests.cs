using MedTune.Data;

namespace MedTune.Tests.Data;

public sealed class ColumnTypingTests
{
    [Theory]
    [InlineData("1.5,2,3.25,4,5,6", ColumnKind.Number)]
    [InlineData("0,1,1,0,1", ColumnKind.YesNo)]
    [InlineData("1,2,2,1,1", ColumnKind.YesNo)]
    [InlineData("1.0,0,1,0.0", ColumnKind.YesNo)]
    [InlineData("yes,no,Yes", ColumnKind.Category)]
    [InlineData("yes,no,yes", ColumnKind.YesNo)]
    [InlineData("阳性,阴性,阳性", ColumnKind.YesNo)]
    [InlineData("+,-,-,+", ColumnKind.YesNo)]
    [InlineData("男,女,女", ColumnKind.Category)]
    [InlineData("[0-10),[10-20),[0-10)", ColumnKind.Category)]
    [InlineData("2024-01-05,2023-12-31,2022-02-02", ColumnKind.Date)]
    [InlineData("20240105,20231231,20220202", ColumnKind.Date)]
    [InlineData("1,1,1", ColumnKind.Constant)]
    [InlineData("1,,1.0", ColumnKind.Constant)]
    [InlineData(",?,NA", ColumnKind.Constant)]
    [InlineData("a1,b2,c3,d4,e5,f6", ColumnKind.Identifier)]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11", ColumnKind.Identifier)]
    [InlineData("3,1,2,4,5,6,7,8,9,10,11", ColumnKind.Number)]
    [InlineData("5.1 mg/dL,6 mg/dL,7,8.2 mg/dl", ColumnKind.Number)]
    [InlineData("1st,2nd,3rd,1st,2nd,3rd,1st", ColumnKind.Category)]
    public void Decide_Column_HasTheExpectedKind(string cells, ColumnKind expected)
    {
        ColumnProfile profile = Profile("x", cells.Split(','));
        Assert.Equal(expected, profile.Kind);
        Assert.NotEmpty(profile.WhyKind);
    }

    [Fact]
    public void Decide_SentencesThatSeldomRepeat_AreFreeText()
    {
        ColumnProfile profile = Profile("note", [.. Enumerable.Range(0, 30).Select(i => $"patient number {i} came with chest pain and went home")]);
        Assert.Equal(ColumnKind.FreeText, profile.Kind);
        Assert.Empty(profile.Levels);
    }

    [Theory]
    [InlineData("patient_nbr", ColumnKind.Identifier)]
    [InlineData("patientId", ColumnKind.Identifier)]
    [InlineData("病历号", ColumnKind.Identifier)]
    [InlineData("steroid", ColumnKind.Number)]
    [InlineData("platelets", ColumnKind.Number)]
    public void Decide_ManyWholeNumbers_NameDecides(string name, ColumnKind expected)
    {
        string[] cells = [.. Enumerable.Range(0, 60).Select(i => $"{1000 + (i * 37 % 97)}")];
        Assert.Equal(expected, Profile(name, cells).Kind);
    }

    [Fact]
    public void Decide_FewTextsAmongNumbers_BecomeMissingAndAreReported()
    {
        string[] cells = [.. Enumerable.Range(0, 97).Select(i => $"{i * 0.5}"), "high", "hemolyzed", "<0.5"];
        (ColumnProfile profile, IReadOnlyList<Finding> findings) = Decide("x", cells);
        Assert.Equal((ColumnKind.Number, 98, 2), (profile.Kind, profile.Known, profile.Missing));
        Assert.Equal(2, findings.Single(finding => finding.Code == FindingCodes.NotANumber).Count);
        Assert.Equal(1, findings.Single(finding => finding.Code == FindingCodes.BeyondLimit).Count);
        Assert.DoesNotContain(findings, finding => finding.Message.Contains("hemolyzed", StringComparison.Ordinal));
    }

    [Fact]
    public void Decide_CodesWithOneText_AreACategory()
    {
        string[] cells = [.. Enumerable.Range(0, 99).Select(i => $"{i % 5}"), "U"];
        Assert.Equal((ColumnKind.Category, 6), (Profile("x", cells).Kind, Profile("x", cells).Distinct));
    }

    [Fact]
    public void Decide_DashAmongNumbers_IsMissingAndReported()
    {
        (ColumnProfile profile, IReadOnlyList<Finding> findings) = Decide("x", ["1.5", "-", "2.5", "?", "", "3"]);
        Assert.Equal((ColumnKind.Number, 3, 3), (profile.Kind, profile.Known, profile.Missing));
        Assert.Equal(
            [(FindingSeverity.Note, 1), (FindingSeverity.Warning, 1)],
            findings.Where(finding => finding.Code == FindingCodes.MissingMarker).Select(finding => (finding.Severity, finding.Count)));
    }

    [Fact]
    public void Decide_DashAmongTexts_IsAValueAndReported()
    {
        (ColumnProfile profile, IReadOnlyList<Finding> findings) = Decide("x", ["+", "-", "++", "-", "NA"]);
        Assert.Equal((ColumnKind.Category, 4, 1), (profile.Kind, profile.Known, profile.Missing));
        Assert.Equal(2, findings.Single(finding => finding.Code == FindingCodes.PossibleMissingMarker).Count);
    }

    [Fact]
    public void Decide_NamedMarker_IsMissingInEverySpelling()
    {
        MissingMarkers markers = MissingMarkers.With(["999", " -9 "]);
        Assert.True(markers.Contains("999"u8) && markers.Contains("999.0"u8) && markers.Contains("-9"u8) && markers.Contains("NA"u8));
        Assert.False(markers.Contains("99"u8) || markers.Contains("-"u8) || markers.Contains("Na"u8));
    }

    [Fact]
    public void Decide_DeclaredCategory_UnitesSpellingsOfANumber()
    {
        (ColumnProfile profile, _) = Decide("cp", ["63.0", "63", "1", "1.0", "?"], new FeatureSchema(ColumnKind.Category, null));
        Assert.Equal((ColumnKind.Category, 2, true), (profile.Kind, profile.Distinct, profile.IsNumericText));
        Assert.Equal(["1", "63"], profile.Levels.Select(level => level.Level));
    }

    [Fact]
    public void Decide_FewWholeNumbers_LooksCoded()
    {
        (ColumnProfile profile, IReadOnlyList<Finding> findings) = Decide("cp", ["1", "2", "3", "4", "1", "2"]);
        Assert.True(profile.LooksCoded);
        Assert.Contains(findings, finding => finding.Code == FindingCodes.LooksCoded);
        Assert.False(Profile("cp", ["1", "2", "3.5", "4"]).LooksCoded);
    }

    [Fact]
    public void Decide_Numbers_AreMeasured()
    {
        ColumnProfile profile = Profile("x", ["1", "2.5", "", "4", "2,000"]);
        Assert.Equal((1.0, 2000.0, 501.875), (profile.Minimum, profile.Maximum, profile.Mean));
        Assert.True(profile.IsNumericText);
    }

    [Fact]
    public void Decide_DifferentUnits_AreNotMixed()
    {
        string[] cells = [.. Enumerable.Range(0, 30).Select(i => $"{i + 0.5} {(i % 2 == 0 ? "mg/dL" : "mmol/L")}")];
        (ColumnProfile profile, IReadOnlyList<Finding> findings) = Decide("glucose", cells);
        Assert.NotEqual(ColumnKind.Number, profile.Kind);
        Assert.Contains(findings, finding => finding.Code == FindingCodes.MixedUnits);
    }

    private static ColumnProfile Profile(string name, string[] cells) => Decide(name, cells).Profile;

    private static (ColumnProfile Profile, IReadOnlyList<Finding> Findings) Decide(string name, string[] cells, FeatureSchema? stated = null)
    {
        Table table = TableFile.Read($"{name}\tother\n" + string.Concat(cells.Select(cell => $"{cell}\t0\n")));
        int[] rows = [.. Enumerable.Range(0, cells.Length)];
        TypedColumn typed = ColumnTyping.Decide(table[name], rows, MissingMarkers.Default, table.Format.DecimalMark, stated);
        return (typed.Profile, typed.Findings);
    }
}
