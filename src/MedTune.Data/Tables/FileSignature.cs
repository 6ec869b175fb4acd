using System.Text;

namespace MedTune.Data;

/// <summary>Recognizes by their first bytes files that are no CSV, and says what to do with them.</summary>
internal static class FileSignature
{
    private const string SaveAsCsv =
        "open it in Excel or LibreOffice, choose File, Save As, \"CSV UTF-8 (comma delimited) (*.csv)\", and give that file.";

    /// <summary>The rest of a refusal ("is an Excel workbook...; open it ...") for a known kind of file, or null.</summary>
    /// <param name="start">The first bytes of the file; 64 KiB where there are as many.</param>
    public static string? Refusal(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
        {
            return Zip(start);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return $"is an Excel 97-2003 workbook (.xls) or another old Office file, not a CSV file: {SaveAsCsv}";
        }

        return Statistics(start) ?? Containers(start) ?? Texts(start);
    }

    private static string Zip(ReadOnlySpan<byte> start)
    {
        if (start.IndexOf("xl/"u8) >= 0)
        {
            return $"is an Excel workbook (.xlsx), not a CSV file: {SaveAsCsv}";
        }

        if (start.IndexOf("opendocument.spreadsheet"u8) >= 0)
        {
            return $"is an OpenDocument spreadsheet (.ods), not a CSV file: {SaveAsCsv}";
        }

        if (start.IndexOf(".npy"u8) >= 0)
        {
            return "is a NumPy archive (.npz), not a table: give a CSV file.";
        }

        return "is a ZIP archive, not a CSV file: unpack it and give the table inside (a single table may be compressed as .gz).";
    }

    private static string? Statistics(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PAR1"u8))
        {
            return "is a Parquet file, not a CSV file: write it as CSV with the program that made it.";
        }

        if (start.StartsWith("$FL2"u8) || start.StartsWith("$FL3"u8))
        {
            return "is an SPSS file (.sav), not a CSV file: in SPSS choose File, Save As, \"CSV\", and give that file.";
        }

        if (start.StartsWith("<stata_dta>"u8))
        {
            return "is a Stata file (.dta), not a CSV file: in Stata write it with `export delimited`, and give that file.";
        }

        if (start.Length >= 32 && start[12..16].SequenceEqual((ReadOnlySpan<byte>)[0xC2, 0xEA, 0x81, 0x60]))
        {
            return "is a SAS data set (.sas7bdat), not a CSV file: in SAS write it with PROC EXPORT, and give that file.";
        }

        if (start.StartsWith("RDX"u8) || start.StartsWith("X\n\0\0\0"u8))
        {
            return "is an R data file (.rda or .rds), not a CSV file: in R write the table with write.csv, and give that file.";
        }

        return null;
    }

    private static string? Containers(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("%PDF"u8))
        {
            return "is a PDF document, not a CSV file: ask for the table itself.";
        }

        if (start.Length >= 132 && start[128..132].SequenceEqual("DICM"u8))
        {
            return "is a DICOM image, not a table.";
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
            || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || start.StartsWith("GIF8"u8))
        {
            return "is an image, not a table.";
        }

        bool archive = start.StartsWith("BZh"u8) || start.StartsWith("Rar!"u8)
            || start.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF])
            || start.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'])
            || start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]);
        if (archive)
        {
            return "is compressed in a way that is not read here: unpack it, or compress it with gzip (.gz).";
        }

        if (start.StartsWith("SQLite format 3"u8) || start.StartsWith("ARROW1"u8)
            || start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F'])
            || start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M']))
        {
            return "is a binary data file, not a CSV file: write the table as CSV with the program that made it.";
        }

        return null;
    }

    private static string? Texts(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> text = start.StartsWith(Encoding.UTF8.Preamble) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.StartsWith("<!DOCTYPE html"u8) || text.StartsWith("<!doctype html"u8) || text.StartsWith("<html"u8)
            || text.StartsWith("<HTML"u8) || text.StartsWith("<table"u8))
        {
            return $"is a web page (HTML), even if it is named .xls or .csv: {SaveAsCsv}";
        }

        if (text.StartsWith("<?xml"u8))
        {
            return $"is an XML file, not a CSV file: {SaveAsCsv}";
        }

        if (text.StartsWith("{\\rtf"u8))
        {
            return "is an RTF document, not a CSV file.";
        }

        bool json = text.Length > 1 && text[0] is (byte)'{' or (byte)'['
            && text[1..].TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'{' or (byte)'[', ..];
        return json ? "is a JSON file, not a CSV file: write the table as CSV with the program that made it." : null;
    }
}
