using System.Text;
using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Files and places that a person takes for a table.</summary>
internal static class OtherFiles
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Case("Excel workbook", "PK\u0003\u0004aaaaaaaaaaaaaaaa[Content_Types].xml xl/workbook.xml"),
        Case("OpenDocument spreadsheet", "PK\u0003\u0004mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
        Case("ZIP archive", "PK\u0003\u0004aaaaaaaaaaaaaaaapatients.csv"),
        Case("empty ZIP archive", "PK\u0005\u0006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        Case("NumPy archive", "PK\u0003\u0004aaaaaaaaaaaaaaaaimages.npy"),
        Case("old Excel workbook", 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0),
        Case("Parquet", "PAR1\u0015\u0004\u0015\u0010PAR1"),
        Case("SPSS", "$FL2@(#) SPSS DATA FILE"),
        Case("Stata", "<stata_dta><header><release>118</release>"),
        Case("R data", "RDX3\nX\n\0\0\0\u0003"),
        Case("PDF", "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj"),
        Case("DICOM", new string('\0', 128) + "DICM"),
        Case("PNG", 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13),
        Case("JPEG", 0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46),
        Case("bzip2", "BZh91AY&SY"),
        Case("xz", 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0),
        Case("Zstandard", 0x28, 0xB5, 0x2F, 0xFD, 4, 0),
        Case("7z", 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C),
        Case("RAR", "Rar!\u001a\u0007\u0001\0"),
        Case("SQLite", "SQLite format 3\0"),
        Case("Arrow", "ARROW1\0\0"),
        Case("HDF5", 0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A),
        Case("NumPy array", 0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0),
        Case("program", 0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0),
        Case("web page named .csv", "<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table>"),
        Case("XML", "<?xml version=\"1.0\"?><patients><patient/></patients>"),
        Case("JSON", "[{\"age\": 63, \"died\": 1}]"),
        Case("RTF", "{\\rtf1\\ansi age}"),
        new("noise", ExitCode.DataRefused, ["inspect", "@bad.csv", "--json"], folder =>
        {
            byte[] noise = new byte[5000];
            new Random(61).NextBytes(noise);
            folder.Bytes("bad.csv", noise);
        }),
        Place("folder in place of the table", "@."),
        Place("file that is not there", "@gone.csv"),
        Place("no name at all", ""),
        Place("name of spaces", "   "),
        Place("name too long for any disk", "@" + new string('n', 300)),
        Place("path that climbs out", "@../../../../../../../../no/such/table.csv"),
        Place("device that never ends", "/dev/zero"),
        Place("device that is empty", "/dev/null"),
        Place("file of the system that is no table", "/proc/self/mem"),
        new("pipe, which can be read once only", ExitCode.DataRefused, ["inspect", "/dev/stdin"], folder => folder.Good()) { IsProcess = true },
    ];

    private static BrokenInput Case(string name, string latin1) => Case(name, [.. Encoding.Latin1.GetBytes(latin1)]);

    private static BrokenInput Case(string name, params byte[] bytes) => new(name, ExitCode.DataRefused, ["inspect", "@bad.csv", "--json"], folder => folder.Bytes("bad.csv", bytes));

    private static BrokenInput Place(string name, string path) => new(name, ExitCode.DataRefused, ["inspect", path], _ => { });
}
