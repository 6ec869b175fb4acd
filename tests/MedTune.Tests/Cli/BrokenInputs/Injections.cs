using System.Text.RegularExpressions;
using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Names and values that want to be carried out: by a spreadsheet, a browser, a terminal or a file system.</summary>
internal static partial class Injections
{
    // A file with many control characters in few letters is taken for a binary one.
    private static readonly string Padding = new('x', 500);

    private const string Command = "=cmd|'/C calc'!A0";

    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Train("formula in a header", Command, "m", "f", "1", "0"),
        Train("formulas as values", "sex", Command, "+1+cmd|' /C calc'!A0", "1", "0"),
        Train("formulas as classes", "sex", "m", "f", Command, "@SUM(1+1)"),
        Train("minus and tab as classes", "sex", "m", "f", "-2+3+cmd|' /C calc'!A0", "=1"),
        Train("script in a header", "<script>alert(1)</script>", "m", "f", "1", "0"),
        Train("script as values", "sex", "<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "1", "0"),
        Train("script as classes", "sex", "m", "f", "<script>alert(3)</script>", "\" onmouseover=alert(4) x=\""),
        Train("style and entity in a header", "</style><b>&lt;&#x41;{{7*7}}@(1+1)", "m", "f", "1", "0"),
        Train("terminal codes in a header", "\u001b[2J\u001b]0;owned\u0007sex", "m", "f", "1", "0"),
        Train("terminal codes as values", "sex", "\u001b[31mred", "\u009b32mgreen", "1", "0"),
        Train("terminal codes as classes", "sex", "m", "f", "\u001b[8mhidden", "shown"),
        Train("right-to-left override in a header", "\u202egnp.xes", "m", "f", "1", "0"),
        Train("right-to-left override as classes", "sex", "m", "f", "\u202edaed", "\u2066alive"),
        Train("line breaks in a header", "sex\nmedtune: all is well", "m", "f", "1", "0"),
        Train("path as a header", "../../../../tmp/medtune-owned", "m", "f", "1", "0"),
        Train("path as classes", "sex", "m", "f", "../../etc/passwd", "C:\\Windows\\win.ini"),
        Train("quotes and backslashes in a header", "se\"x\\u0041','--", "m", "f", "1", "0"),
        Train("emoji, half pairs' neighbours and marks in a header", "\ud83e\udec0\u0301\ufeff\ufdd0", "m", "f", "1", "0"),
        Predict("formula as the patient's number", Command),
        Predict("tab and formula as the patient's number", "\t=1+1"),
        Predict("terminal codes as the patient's number", "\u001b[2J"),
        Refused("formula in two headers", Command),
        Refused("script in two headers", "<script>alert(1)</script>"),
        Refused("terminal codes in two headers", "\u001b[2J\u001b[31m"),
        Refused("right-to-left override in two headers", "\u202eevil\u2069"),
        Refused("line breaks in two headers", "a\r\nmedtune: b"),
    ];

    private static BrokenInput Train(string name, string header, string first, string second, string yes, string no) => new(
        name + " (taken)",
        ExitCode.Done,
        ["train", "@odd.csv", "--target", "died", "--model", "logistic", "--seed", "1", "--threads", "1", "--out", "@out"],
        folder => folder.Text("odd.csv", BrokenFolder.TableOf(
            $"age,pad,{Quoted(header)},died", 80, i => $"{30 + (i * 37 % 51)},{Padding},{Quoted(i % 3 == 0 ? first : second)},{Quoted(BrokenFolder.Outcome(i) == "1" ? yes : no)}")))
    {
        Leaves = ["out"],
        Check = (folder, run) => IsHarmless(folder["out"], run),
    };

    private static BrokenInput Predict(string name, string number) => new(
        name + " (taken)", ExitCode.Done, ["predict", "@model.onnx", "@odd.csv", "--id", "mrn", "-o", "@out.csv"],
        folder =>
        {
            folder.Model();
            folder.Text("odd.csv", BrokenFolder.TableOf("mrn,age,marker,sex,pad", 5, i => $"{Quoted(number)},60,1.5,m,{Padding}"));
        })
    {
        Leaves = ["out.csv"],
        Check = (folder, _) => AreNoFormulas(folder["out.csv"]),
    };

    private static BrokenInput Refused(string name, string header) => new(
        name, ExitCode.DataRefused, ["inspect", "@bad.csv"], folder => folder.Text("bad.csv", $"{Quoted(header)},{Quoted(header)},died\n1,2,0\n"));

    private static void IsHarmless(string folder, ProgramRun run)
    {
        BrokenInputTests.AssertPrintable(run.Output);
        BrokenInputTests.AssertPrintable(run.Error);
        string report = File.ReadAllText(Path.Combine(folder, "report.html"));
        Assert.DoesNotContain("<script>alert", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", report, StringComparison.Ordinal);
        Assert.DoesNotContain("</style><b>", report, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onmouseover=", report, StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(folder, "*.csv"))
        {
            AreNoFormulas(file);
        }
    }

    /// <summary>No field of a CSV file begins with what a spreadsheet carries out.</summary>
    private static void AreNoFormulas(string path)
    {
        foreach (string line in File.ReadAllLines(path))
        {
            Assert.DoesNotMatch(Formula(), line);
        }
    }

    private static string Quoted(string text) => "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    [GeneratedRegex("(^|,)\"?[=+@\\t\\r]|(^|,)\"?-[^0-9,]|(^|,)\"?-[0-9.]+[^0-9.,E]")]
    private static partial Regex Formula();
}
