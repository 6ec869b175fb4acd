using System.Text;

namespace MedTune.Data;

/// <summary>The encodings that tables are read in, by name.</summary>
internal static class TextEncoding
{
    public const string Utf8 = "UTF-8";
    public const string Utf16LittleEndian = "UTF-16LE";
    public const string Utf16BigEndian = "UTF-16BE";
    public const string Gb18030 = "GB18030";
    public const string Latin1 = "ISO-8859-1";
    public const string Windows1252 = "Windows-1252";

    /// <summary>The name used here for a name that a person may write.</summary>
    /// <exception cref="DataException">No such encoding is read.</exception>
    public static string Parse(string name)
    {
        string plain = name.Trim().ToUpperInvariant().Replace("_", "-", StringComparison.Ordinal);
        return plain switch
        {
            "UTF-8" or "UTF8" or "ASCII" or "US-ASCII" or "UTF-8-SIG" => Utf8,
            "UTF-16" or "UTF16" or "UTF-16LE" or "UNICODE" => Utf16LittleEndian,
            "UTF-16BE" => Utf16BigEndian,
            "GB18030" or "GBK" or "GB2312" or "CP936" => Gb18030,
            "ISO-8859-1" or "LATIN-1" or "LATIN1" => Latin1,
            "WINDOWS-1252" or "CP1252" => Windows1252,
            _ => throw new DataException(
                $"The encoding '{name}' is not read here: it can be UTF-8, UTF-16LE, UTF-16BE, GB18030 (GBK), ISO-8859-1 (Latin-1) or Windows-1252."),
        };
    }

    /// <summary>A decoder that throws on bytes that stand for nothing.</summary>
    public static Encoding Strict(string name)
    {
        Encoding encoding = name switch
        {
            Utf8 => Encoding.UTF8,
            Utf16LittleEndian => Encoding.Unicode,
            Utf16BigEndian => Encoding.BigEndianUnicode,
            Latin1 => Encoding.Latin1,
            Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding(54936)!,
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        };
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        strict.EncoderFallback = EncoderFallback.ExceptionFallback;
        return strict;
    }
}
