using System.Reflection;
using MedTune.Data.Images;
using MedTune.Tests.House;

namespace MedTune.Tests.Data.Images;

/// <summary>docs/dicom.md lists what the reader looks at and what it notices: neither more nor less.</summary>
public sealed class DicomDocumentTests
{
    [Fact]
    public void Document_Whitelist_IsTheReaders()
    {
        IEnumerable<string> rows = DicomWhitelist.Attributes.Select(entry => $"| {entry.Tag} | {entry.ValueRepresentation} | {entry.Keyword} | {Words(entry.Treatment)} |");
        Assert.Equal(rows, Lines().Where(line => line.StartsWith("| (", StringComparison.Ordinal)));
    }

    [Fact]
    public void Document_Findings_AreTheReaders()
    {
        IEnumerable<string> codes = typeof(DicomFindingCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        IEnumerable<string> listed = Lines().Where(line => line.StartsWith("| `dicom-", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        Assert.Equal(codes.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static string[] Lines() => Repository.Read("docs/dicom.md").ReplaceLineEndings("\n").Split('\n');

    private static string Words(DicomTreatment treatment) => treatment switch
    {
        DicomTreatment.Number => "number",
        DicomTreatment.Code => "code",
        DicomTreatment.StandardIdentifier => "standard identifier",
        DicomTreatment.KeyedHash => "keyed hash",
        DicomTreatment.Category => "category, only when asked for",
        DicomTreatment.Table => "table",
        DicomTreatment.Items => "items",
        _ => "pixels",
    };
}
