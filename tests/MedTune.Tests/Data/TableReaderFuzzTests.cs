using System.Text;
using MedTune.Data;
using MedTune.Tensors;

namespace MedTune.Tests.Data;

/// <summary>Random tables survive every way of writing them; random bytes never do worse than a refusal.</summary>
public sealed class TableReaderFuzzTests
{
    private static readonly string[] Texts =
        ["", "0", "1", "-3.25", "1e-7", "yes", "no", "男", "女", "高血压, 糖尿病", "a;b", "x|y", "tab\tinside", "quote\"d", "two\nlines", "?", "63.0", "ß", "100 mg"];

    [Fact]
    public void Read_RandomTable_IsTheSameHoweverWritten()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            string[][] cells = RandomTable(seed);
            foreach (Encoding encoding in (Encoding[])[
                new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true),
                CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!])
            {
                foreach (char separator in ",;\t|")
                {
                    byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Write(cells, separator, seed))];
                    using var file = new TableFile(bytes, isGzip: seed % 3 == 0);
                    var options = new TableReadOptions { Separator = separator, Encoding = encoding.CodePage == 54936 ? "GB18030" : null };
                    Check(cells, TableReader.Read(file.Path, options));
                }
            }
        }
    }

    [Fact]
    public void Read_RandomBytes_NeverFailWithAnythingButARefusal()
    {
        var random = new Philox(7, RandomPurpose.Search, 1);
        for (int n = 0; n < 1500; n++)
        {
            using var file = new TableFile(RandomBytes(random, n));
            try
            {
                Table table = TableReader.Read(file.Path);
                _ = Dataset.From(table, new DatasetOptions { Target = table.ColumnNames[^1] });
            }
            catch (DataException e)
            {
                Assert.False(string.IsNullOrWhiteSpace(e.Message));
            }
        }
    }

    [Fact]
    public void Read_DamagedTable_NeverFailsWithAnythingButARefusal()
    {
        var random = new Philox(11, RandomPurpose.Search, 2);
        byte[] sound = Encoding.UTF8.GetBytes("id,年龄,sex,bmi,text,y\n" + string.Concat(Enumerable.Range(0, 40).Select(
            i => $"{i},{20 + i},{(i % 2 == 0 ? "m" : "f")},{20 + (i * 0.1):F1},\"a, \"\"b\"\"\nc\",{i % 3 / 2}\n")));
        byte[] zipped = TableFile.Gzip(sound);
        for (int n = 0; n < 1500; n++)
        {
            byte[] bytes = [.. n % 4 == 3 ? zipped : sound];
            int changes = 1 + random.Below(4, (ulong)(10 * n));
            for (int change = 0; change < changes; change++)
            {
                ulong element = (ulong)((100 * n) + (4 * change) + 1_000_000);
                bytes[random.Below(bytes.Length, element)] = (byte)random.Below(256, element + 1);
            }

            using var file = new TableFile(n % 5 == 4 ? bytes[..random.Below(bytes.Length, (ulong)n)] : bytes);
            try
            {
                _ = Dataset.FromCsv(file.Path, "y");
            }
            catch (DataException e)
            {
                Assert.False(string.IsNullOrWhiteSpace(e.Message));
            }
        }
    }

    private static string[][] RandomTable(ulong seed)
    {
        var random = new Philox(seed, RandomPurpose.Search, 0);
        int columns = 2 + random.Below(6, 0);
        int rows = 1 + random.Below(30, 1);
        var cells = new string[rows + 1][];
        cells[0] = [.. Enumerable.Range(0, columns).Select(i => i % 3 == 1 ? $"列 {i}" : $"col{i}")];
        for (int row = 1; row <= rows; row++)
        {
            int at = row;
            cells[row] = [.. Enumerable.Range(0, columns).Select(i => Texts[random.Below(Texts.Length, (ulong)((at * 100) + i + 10))])];
        }

        return cells;
    }

    private static string Write(string[][] cells, char separator, ulong seed)
    {
        string end = (seed % 3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
        string Field(string text) => text.AsSpan().IndexOfAny(separator, '"', '\n') >= 0 || (text.Length + (int)seed) % 5 == 0
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
        string body = string.Join(end, cells.Select(row => string.Join(separator, row.Select(Field))));
        return seed % 2 == 0 ? body + end : body;
    }

    private static void Check(string[][] cells, Table table)
    {
        Assert.Equal(cells[0], table.ColumnNames.ToArray());
        Assert.Equal(cells.Length - 1, table.RowCount);
        for (int row = 1; row < cells.Length; row++)
        {
            Assert.Equal(cells[row], table.Columns.Select(column => column[row - 1]));
        }
    }

    // Pure noise, noise of signs that matter to CSV, and letters of several encodings.
    private static byte[] RandomBytes(Philox random, int n)
    {
        byte[] signs = [.. ",;\t|\"\n\r'ab01.-?= "u8, 0xC3, 0xA9, 0xE4, 0xBD, 0xA0, 0xFF, 0xFE];
        ulong start = (ulong)n * 10_000;
        var bytes = new byte[random.Below(n % 10 == 0 ? 3000 : 120, start)];
        for (int i = 0; i < bytes.Length; i++)
        {
            ulong element = start + (ulong)i + 1;
            bytes[i] = n % 3 == 0 ? (byte)random.Below(256, element) : signs[random.Below(n % 3 == 1 ? signs.Length - 7 : signs.Length, element)];
        }

        return n % 17 == 0 ? [0x1F, 0x8B, .. bytes] : n % 13 == 0 ? [0xFF, 0xFE, .. bytes] : bytes;
    }
}
