using System.Text;
using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Text whose bytes are wrong, mixed, or in another encoding than anybody said.</summary>
internal static class Encodings
{
    private const string Header = "name,alter,größe,died\n";
    private const string Names = "Müller,1,2,0\nWeiß,2,3,1\nJäger,3,4,0\nFöß,4,4,1\nÖzgür,5,5,0\nÄrzte,6,6,1\nÜbü,7,7,0\n";

    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Case("byte order mark alone", 0xEF, 0xBB, 0xBF),
        Case("UTF-16 byte order mark alone", 0xFF, 0xFE),
        Case("UTF-16 of odd length", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,2\n"), 0x31]),
        Case("UTF-16 big-endian of odd length", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("a,b\n1,2\n"), 0x00]),
        Case("UTF-16 with half a pair", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\n1,"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("\n2,3\n")]),
        Case("UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes("a,b\n1,2\n")]),
        Case("NUL byte in a cell", [.. Encoding.UTF8.GetBytes(BrokenFolder.Patients(20)), .. "x,1,\0,m,1\n"u8]),
        Case("NUL byte in the header", "a,\0b\n1,2\n"u8.ToArray()),
        Case("UTF-8 and then Latin-1", [.. Encoding.UTF8.GetBytes(Header + Names), .. Encoding.Latin1.GetBytes("Bär,6,6,1\n")]),
        Case("UTF-8 cut in a character", [.. Encoding.UTF8.GetBytes(Header + Names + "诊"), 0xE8, 0xAF]),
        Case("overlong UTF-8", [.. Encoding.UTF8.GetBytes(Header + Names), 0xC0, 0xAF, .. ",1,1,0\n"u8]),
        Case("surrogates in UTF-8", [.. Encoding.UTF8.GetBytes(Header + Names), 0xED, 0xA0, 0x80, .. ",1,1,0\n"u8]),
        Case("byte order mark, then Latin-1", [0xEF, 0xBB, 0xBF, .. Encoding.Latin1.GetBytes("größe,b\n1,2\n")]),
        Case("bytes of no encoding", [.. "a,b\n"u8, 0x81, 0xFF, 0x8D, 0x90, .. ",1\n"u8]),
        Case("control characters everywhere", [.. Enumerable.Range(0, 600).Select(i => (byte)(i % 12 == 11 ? '\n' : (i % 7) + 1))]),
        Stated("--encoding of a made-up name", "klingon"),
        Stated("--encoding UTF-16 on a table in UTF-8", "UTF-16LE"),
        Stated("--encoding UTF-8 on a table in Latin-1", "UTF-8", Encoding.Latin1.GetBytes("größe,b\n1,2\n")),
        Stated("--encoding GB18030 on bytes that are none", "GB18030", [.. "a,b\n1,"u8, 0xFF, 0xFF, .. "\n"u8]),
    ];

    private static BrokenInput Case(string name, params byte[] bytes) => new(name, ExitCode.DataRefused, ["inspect", "@bad.csv", "--json"], folder => folder.Bytes("bad.csv", bytes));

    private static BrokenInput Stated(string name, string encoding, byte[]? bytes = null) => new(
        name,
        bytes is null && encoding == "klingon" ? ExitCode.WrongArguments : ExitCode.DataRefused,
        ["inspect", "@bad.csv", "--encoding", encoding],
        folder => folder.Bytes("bad.csv", bytes ?? Encoding.UTF8.GetBytes(BrokenFolder.Patients(11))));
}
