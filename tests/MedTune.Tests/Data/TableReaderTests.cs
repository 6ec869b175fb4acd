using System.Text;
using MedTune.Data;

namespace MedTune.Tests.Data;

public sealed class TableReaderTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Fact]
    public void Read_PlainTable_KeepsTextsAndOrder()
    {
        Table table = TableFile.Read("age,sex\n63.0,m\n41,f\n63.0,f\n");
        Assert.Equal(3, table.RowCount);
        Assert.Equal(["age", "sex"], table.ColumnNames.ToArray());
        Assert.Equal(["63.0", "41", "63.0"], Enumerable.Range(0, 3).Select(row => table["age"][row]));
        Assert.Equal([0, 1, 0], table["age"].Codes.ToArray());
        Assert.Equal(new TableFormat("UTF-8", false, ',', '.', Compression.None), table.Format);
        Assert.Empty(table.Findings);
    }

    [Theory]
    [InlineData("a,b\r\n1,2\r\n")]
    [InlineData("a,b\r1,2")]
    [InlineData("a;b\n1;2")]
    [InlineData("a\tb\n1\t2\n")]
    [InlineData("a|b\n1|2\n")]
    [InlineData("sep=;\r\na;b\r\n1;2\r\n")]
    [InlineData("\uFEFFa,b\n1,2\n")]
    [InlineData("\n\na,b\n1,2\n\n\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n")]
    [InlineData(" a ,b\t\n 1,2 \n")]
    public void Read_OneTableInManyForms_IsTheSame(string text)
    {
        Table table = TableFile.Read(text);
        Assert.Equal(["a", "b"], table.ColumnNames.ToArray());
        Assert.Equal(1, table.RowCount);
        Assert.Equal(("1", "2"), (table["a"][0], table["b"][0]));
    }

    [Fact]
    public void Read_QuotedFields_KeepSeparatorsQuotesAndLineBreaks()
    {
        Table table = TableFile.Read("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n\"two\nlines\",3\n");
        Assert.Equal("x, y", table["a"][0]);
        Assert.Equal("he said \"no\"", table["b"][0]);
        Assert.Equal("two\nlines", table["a"][1]);
    }

    [Theory]
    [InlineData("UTF-8", false)]
    [InlineData("UTF-8", true)]
    [InlineData("UTF-16LE", false)]
    [InlineData("UTF-16LE", true)]
    [InlineData("UTF-16BE", false)]
    [InlineData("UTF-16BE", true)]
    [InlineData("GB18030", false)]
    public void Read_ChineseTable_InEveryEncoding(string name, bool hasMark)
    {
        Encoding encoding = name switch
        {
            "UTF-16LE" => Encoding.Unicode,
            "UTF-16BE" => Encoding.BigEndianUnicode,
            "GB18030" => Gb18030,
            _ => Encoding.UTF8,
        };
        byte[] text = encoding.GetBytes("年龄,性别,诊断\n63,男,冠心病\n41,女,高血压、糖尿病\n");
        using var file = new TableFile(hasMark ? [.. encoding.GetPreamble(), .. text] : text);
        Table table = TableReader.Read(file.Path);
        Assert.Equal(["年龄", "性别", "诊断"], table.ColumnNames.ToArray());
        Assert.Equal("高血压、糖尿病", table["诊断"][1]);
        Assert.Equal((name, hasMark), (table.Format.Encoding, table.Format.HasByteOrderMark));
        Assert.Equal(name == "UTF-8", !table.Findings.Any(finding => finding.Code == FindingCodes.Encoding));
    }

    [Theory]
    [InlineData("Größe,Müdigkeit\n170,häufig\n", "ISO-8859-1")]
    [InlineData("Größe,Kosten\n170,5 €\n", "Windows-1252")]
    public void Read_WesternTable_IsRecognized(string text, string expected)
    {
        using var file = new TableFile(text, Windows1252);
        Table table = TableReader.Read(file.Path);
        Assert.Equal(expected, table.Format.Encoding);
        Assert.Equal("Größe", table.ColumnNames[0]);
    }

    [Fact]
    public void Read_StatedEncoding_IsFollowed()
    {
        using var file = new TableFile("a,b\n\u00d0\u00d4,1\n", Encoding.Latin1); // also valid GB18030
        Assert.Equal("\u00d0\u00d4", TableReader.Read(file.Path, new TableReadOptions { Encoding = "latin-1" })["a"][0]);
        Assert.Equal("性", TableReader.Read(file.Path, new TableReadOptions { Encoding = "gbk" })["a"][0]);
        Assert.Contains("is not read here", Refusal(file.Path, new TableReadOptions { Encoding = "EBCDIC" }), StringComparison.Ordinal);
        Assert.Contains("UTF-8", Refusal(file.Path, new TableReadOptions { Encoding = "utf-8" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Gzip_IsRecognizedByContent()
    {
        using var file = new TableFile("a,b\n1,2\n", isGzip: true);
        Table table = TableReader.Read(file.Path);
        Assert.Equal(Compression.Gzip, table.Format.Compression);
        Assert.Equal(1, table.RowCount);
    }

    [Fact]
    public void Read_GzipOfSeveralMembers_IsWhole()
    {
        byte[] members = [.. TableFile.Gzip("a,b\n"u8.ToArray()), .. TableFile.Gzip("1,2\n"u8.ToArray()), .. TableFile.Gzip([]), 0, 0];
        using var file = new TableFile(members);
        Assert.Equal(1, TableReader.Read(file.Path).RowCount);
    }

    [Fact]
    public void Read_TruncatedGzip_IsRefusedAtEveryLength()
    {
        byte[] whole = TableFile.Gzip(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},年{i * i}\n"))));
        for (int length = 2; length < whole.Length; length += 7)
        {
            using var file = new TableFile(whole[..length]);
            Assert.Matches("cut off|damaged|broken", Refusal(file.Path));
        }

        whole[whole.Length / 2] ^= 0x10;
        using var damaged = new TableFile(whole);
        Assert.Matches("cut off|damaged|broken", Refusal(damaged.Path));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\uFEFF", "empty")]
    [InlineData("\n \n\n", "empty")]
    [InlineData("a,b\n", "a header and no rows")]
    [InlineData("a,b\n\n\n", "a header and no rows")]
    [InlineData("a,b\n1,2\n3\n", "1 field in line 3 where the header has 2")]
    [InlineData("a,b\n1,2\n3,4,5\n6,7,8\n", "3 fields in line 3 where the header has 2 (2 such lines in all)")]
    [InlineData("a,b\n\"x\ny\",2\n\n3\n", "1 field in line 5")]
    [InlineData("a,b\nr1,1,2\nr2,3,4\n", "the first column has no name, as in tables written by R")]
    [InlineData("a,b,a\n1,2,3\n", "two columns named 'a' (columns 1 and 3)")]
    [InlineData("a, ,b\n1,2,3\n", "no name for column 2 of 3")]
    [InlineData("a,b\n1,\"2\n3,4\n", "line 2 and never closes it")]
    [InlineData("{\"a\": 1}", "JSON")]
    [InlineData("<!DOCTYPE html><html><table>", "HTML")]
    [InlineData("%PDF-1.7 a,b", "PDF")]
    [InlineData("PAR1....", "Parquet")]
    [InlineData("$FL2@(#) SPSS", "SPSS")]
    public void Read_UnusableText_IsRefusedWithOneSentence(string text, string expected)
    {
        using var file = new TableFile(text);
        string message = Refusal(file.Path);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(file.Path, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Read_Workbook_SaysHowToSaveItAsCsv()
    {
        using var modern = new TableFile([.. "PK\u0003\u0004"u8, .. new byte[26], .. "[Content_Types].xml....xl/workbook.xml"u8]);
        using var old = new TableFile([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);
        using var archive = new TableFile([.. "PK\u0003\u0004"u8, .. new byte[26], .. "data.csv"u8]);
        using var compressed = new TableFile([.. "PK\u0003\u0004"u8, .. new byte[26], .. "xl/worksheets"u8], isGzip: true);
        Assert.Contains(".xlsx), not a CSV file: open it in Excel", Refusal(modern.Path), StringComparison.Ordinal);
        Assert.Contains("Save As", Refusal(old.Path), StringComparison.Ordinal);
        Assert.Contains("unpack it", Refusal(archive.Path), StringComparison.Ordinal);
        Assert.Contains(".xlsx", Refusal(compressed.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFileOrDirectory_IsRefused()
    {
        Assert.Contains("There is no file", Refusal("no-such-file.csv"), StringComparison.Ordinal);
        Assert.Contains("is a directory", Refusal(Path.GetTempPath()), StringComparison.Ordinal);
        Assert.Contains("No file was named", Refusal(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileWithoutPermission_IsRefused()
    {
        using var file = new TableFile("a,b\n1,2\n");
        if (!OperatingSystem.IsLinux() || Environment.UserName == "root")
        {
            return; // an administrator may read everything
        }

        File.SetUnixFileMode(file.Path, UnixFileMode.None);
        Assert.Contains("may not be read", Refusal(file.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BinaryOrDamagedText_NamesTheLine()
    {
        using var zero = new TableFile([.. "a,b\n1,2\n3,"u8, 0, .. "4\n"u8]);
        using var controls = new TableFile([.. "a,b\n"u8, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15]);
        using var damaged = new TableFile([.. Encoding.UTF8.GetBytes("名,b\n性别,2\n年龄,3\n"), 0xE5, (byte)',', (byte)'4', (byte)'\n']);
        using var cut = new TableFile(Encoding.Unicode.GetBytes("a,b\n1,2\n")[..^1]);
        using var surrogate = new TableFile([.. Encoding.Unicode.GetBytes("\uFEFFa,b\n1,"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("2\n")]);
        using var wide = new TableFile(Encoding.UTF32.GetPreamble().Concat(Encoding.UTF32.GetBytes("a,b\n1,2\n")).ToArray());
        Assert.Contains("NUL byte (line 3)", Refusal(zero.Path), StringComparison.Ordinal);
        Assert.Contains("no text file", Refusal(controls.Path), StringComparison.Ordinal);
        Assert.Contains("line 4 holds bytes that are not", Refusal(damaged.Path), StringComparison.Ordinal);
        Assert.Contains("UTF-16 but ends", Refusal(cut.Path), StringComparison.Ordinal);
        Assert.Contains("UTF-16LE", Refusal(surrogate.Path), StringComparison.Ordinal);
        Assert.Contains("UTF-32", Refusal(wide.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyColumns_IsRefused()
    {
        string header = string.Join(',', Enumerable.Range(0, 20_001).Select(i => $"g{i}"));
        using var file = new TableFile(header + "\n" + new string(',', 20_000) + "\n");
        Assert.Contains("has 20001 columns; at most 20000", Refusal(file.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WideTable_IsRead()
    {
        string header = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"g{i}"));
        using var file = new TableFile(header + "\n" + new string(',', 19_999) + "\n");
        Assert.Equal(20_000, TableReader.Read(file.Path).Columns.Length);
    }

    [Fact]
    public void Read_HugeField_IsRefused()
    {
        using var field = new TableFile("a,b\n1,2\n1," + new string('x', (1 << 20) + 1) + "\n");
        using var largest = new TableFile("a,b\n1," + new string('x', 1 << 20) + "\n");
        using var open = new TableFile("a,b\n1,\"" + string.Concat(Enumerable.Repeat("2,3\n", 7_000_000)));
        Assert.Contains("a field of 1048577 bytes in line 3 (column 2)", Refusal(field.Path), StringComparison.Ordinal);
        Assert.Equal(1 << 20, TableReader.Read(largest.Path)["b"][0].Length);
        Assert.Contains("24 MiB", Refusal(open.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x;y\n1,5;2\n0,25;3\n", ',')]
    [InlineData("x;y\n1.234,5;2\n", ',')]
    [InlineData("x,y\n\"1,5\",2\n\"2,75\",3\n", ',')]
    [InlineData("x;y\n1.5;2\n0.25;3\n", '.')]
    [InlineData("x;y\n1,234;2\n2,500;3\n", '.')]
    [InlineData("x;y\n05.03.2024;2\n", '.')]
    public void Read_DecimalMark_IsRecognized(string text, char expected)
    {
        Table table = TableFile.Read(text);
        Assert.Equal(expected, table.Format.DecimalMark);
        Assert.Equal(expected == ',', table.Findings.Any(finding => finding.Code == FindingCodes.DecimalComma));
    }

    [Fact]
    public void Read_AmbiguousSeparator_IsAskedBack()
    {
        string message = Assert.Throws<DataException>(() => TableFile.Read("a;b,c\n1;2,3\n")).Message;
        Assert.Contains("semicolons", message, StringComparison.Ordinal);
        Assert.Equal(["a", "b,c"], TableFile.Read("a;b,c\n1;2,3\n", new TableReadOptions { Separator = ';' }).ColumnNames.ToArray());
    }

    [Fact]
    public void Read_SemicolonsWithinCommaTable_DoNotMislead()
    {
        Table table = TableFile.Read("a,b,c\n1,x;y;z,3\n2,u;v,4\n");
        Assert.Equal(',', table.Format.Separator);
    }

    [Fact]
    public void Read_UncleanCells_AreCountedAndStated()
    {
        Table table = TableFile.Read("a,b\n\t?,1\n x ,2\n\u00A05\u3000,3\n5\" wide,4\nlost\uFFFD,5\n\n");
        Assert.Equal(["?", "x", "5"], Enumerable.Range(0, 3).Select(row => table["a"][row]));
        Assert.Equal(3, table.Findings.Single(finding => finding.Code == FindingCodes.WhiteSpace).Count);
        Assert.Equal(1, table.Findings.Single(finding => finding.Code == FindingCodes.StrayQuotes).Count);
        Assert.Equal(1, table.Findings.Single(finding => finding.Code == FindingCodes.StrayCharacters).Count);
        Assert.Equal(1, table.Findings.Single(finding => finding.Code == FindingCodes.BlankLines).Count);
    }

    [Fact]
    public void Indexer_UnknownColumn_SuggestsNearNames()
    {
        Table table = TableFile.Read("age,sex,cholesterol\n1,2,3\n");
        Assert.Contains("did you mean 'cholesterol'?", Assert.Throws<DataException>(() => table["Cholestrol"]).Message, StringComparison.Ordinal);
        Assert.Contains("the columns are 'age', 'sex', 'cholesterol'", Assert.Throws<DataException>(() => table["zz"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadNumbers_ForPrediction_MarksMissingAndCountsTexts()
    {
        Table table = TableFile.Read("x,c\n1.5,a\n-,-\n?,?\nhigh,b\n");
        double[] numbers = table["x"].ReadNumbers(MissingMarkers.Default, '.', out int notNumbers);
        Assert.Equal([1.5, double.NaN, double.NaN, double.NaN], numbers);
        Assert.Equal(1, notNumbers);
        Assert.Equal(["a", "-", "", "b"], table["c"].ReadTexts(MissingMarkers.Default));
    }

    private static string Refusal(string path, TableReadOptions? options = null) =>
        Assert.Throws<DataException>(() => TableReader.Read(path, options)).Message;
}
