using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Tables whose header, rows or quotes do not make a table.</summary>
internal static class TableShapes
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Case("empty file", ""),
        Case("one line break", "\n"),
        Case("only empty lines", "\r\n\r\n   \r\n\t\r\n"),
        Case("header only", "age,sex,died\n"),
        Case("header without line break", "age,sex,died"),
        Case("header and empty lines", "age,sex,died\n\n\n"),
        Case("sep= line alone", "sep=;\n"),
        Case("one row fewer fields", "a,b,died\n1,2,0\n1,2\n3,4,1\n"),
        Case("one row more fields", $"a,b,died\n1,2,0\n1,2,0,{BrokenFolder.Canary}\n3,4,1\n"),
        Case("last row cut", "a,b,died\n1,2,0\n3,4"),
        Case("row names of R", "a,b,died\n1,1,2,0\n2,3,4,1\n"),
        Case("many ragged rows", BrokenFolder.TableOf("a,b,died", 500, i => i % 2 == 0 ? "1,2,0" : "1,2,0,0")),
        Case("two columns of one name", "age,age,died\n1,2,0\n3,4,1\n"),
        Case("two columns of one name but for spaces", "age, age ,died\n1,2,0\n3,4,1\n"),
        Case("column without a name", "age,,died\n1,2,0\n3,4,1\n"),
        Case("column named by spaces", "age,\"  \",died\n1,2,0\n3,4,1\n"),
        Case("last column without a name", "age,died,\n1,2,\n3,4,\n"),
        Case("only separators", ",,,\n,,,\n"),
        Case("quote never closed in a row", $"a,b,died\n1,\"{BrokenFolder.Canary},0\n3,4,1\n"),
        Case("quote never closed in the header", "a,\"b,died\n1,2,0\n3,4,1\n"),
        Case("two separators that fit alike", "a;b,c\n1;2,3\n4;5,6\n"),
        Case("20,001 columns", BrokenFolder.TableOf(string.Join(',', Enumerable.Range(0, 20_001).Select(i => $"c{i}")), 1, _ => new string(',', 20_000))),
        Case("column name of 2 MB", new string('n', 2 << 20) + ",died\n1,0\n2,1\n"),
        Case("column name of 5,000 letters", new string('n', 5000) + ",died\n1,0\n2,1\n"),
        Case("cell of 2 MB", $"a,died\n{new string('5', 2 << 20)},0\n2,1\n"),
        new("a million columns", ExitCode.DataRefused, ["inspect", "@wide.csv"], folder =>
        {
            using StreamWriter writer = File.CreateText(folder["wide.csv"]);
            for (int row = 0; row < 3; row++)
            {
                for (int column = 0; column < 1_000_000; column++)
                {
                    writer.Write(row == 0 ? $"c{column}," : "1,");
                }

                writer.Write("1\n");
            }
        })
        {
            IsProcess = true,
        },
        new("one quoted field of 40 MB with line breaks", ExitCode.DataRefused, ["inspect", "@long.csv"], folder =>
        {
            using StreamWriter writer = File.CreateText(folder["long.csv"]);
            writer.Write("a,b\n1,\"");
            for (int i = 0; i < 400_000; i++)
            {
                writer.Write("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
            }

            writer.Write("\"\n");
        })
        {
            IsProcess = true,
        },
        Taken("line ends of old Macs", "a,b,died\r1,2,0\r3,4,1\r"),
        Taken("mixed line ends", "a,b,died\r\n1,2,0\n3,4,1\r5,6,0\n"),
        Taken("one column", "a\n1\n2\n3\n"),
        Case("one row", "a,b\n1,2\n"),
        Train("one row", "a,b,died\n1,2,1\n"),
        Train("two rows", "a,b,died\n1,2,1\n3,4,0\n"),
        Train("the target is the only column", BrokenFolder.TableOf("died", 60, i => $"{i % 2}")),
    ];

    private static BrokenInput Case(string name, string text) => new(name, ExitCode.DataRefused, ["inspect", "@bad.csv", "--json"], folder => folder.Text("bad.csv", text));

    private static BrokenInput Taken(string name, string text) => Case(name + " (taken)", text) with { Code = ExitCode.Done };

    private static BrokenInput Train(string name, string text) => new(
        "train on: " + name, ExitCode.DataRefused, ["train", "@bad.csv", "--target", "died", "--out", "@out"], folder => folder.Text("bad.csv", text));
}
