namespace MedTune.Data;

/// <summary>How a table file is written, as recognized from its content.</summary>
/// <param name="Encoding">UTF-8, UTF-16LE, UTF-16BE, GB18030, ISO-8859-1 or Windows-1252.</param>
/// <param name="HasByteOrderMark">Whether the text starts with a byte order mark.</param>
/// <param name="Separator">What stands between fields: comma, semicolon, tab or bar.</param>
/// <param name="DecimalMark">What stands before the decimals of most numbers: point or comma.</param>
/// <param name="Compression">How the file is compressed.</param>
public sealed record TableFormat(
    string Encoding,
    bool HasByteOrderMark,
    char Separator,
    char DecimalMark,
    Compression Compression)
{
    /// <summary>The separator in words.</summary>
    public string SeparatorName => NameOf(Separator);

    /// <summary>The format in one line, such as <c>UTF-8, separated by commas, decimal point, gzip</c>.</summary>
    public override string ToString()
    {
        string mark = HasByteOrderMark ? " with byte order mark" : "";
        string compression = Compression == Compression.Gzip ? ", gzip" : "";
        string decimals = DecimalMark == ',' ? "decimal comma" : "decimal point";
        return $"{Encoding}{mark}, separated by {SeparatorName}s, {decimals}{compression}";
    }

    /// <summary>Values given by hand, in no file.</summary>
    internal static TableFormat ByHand { get; } = new("UTF-8", false, ',', '.', Compression.None);

    internal static string NameOf(char separator) => separator switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "bar",
        _ => $"'{separator}'",
    };
}
