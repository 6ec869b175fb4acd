using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Files of folds that do not belong to the data, or tear them apart.</summary>
internal static class FoldFiles
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Case("no column of rows", "sample,fold\n0,0\n1,1\n"),
        Case("no column of folds", "row,part\n0,0\n1,1\n"),
        Case("header only", "row,fold\n"),
        Case("empty", ""),
        Case("one fold", Rows(80, i => "0")),
        Case("row beyond the data", "row,fold\n0,0\n1,1\n80,0\n"),
        Case("row before the first", "row,fold\n-1,0\n1,1\n"),
        Case("half a row", "row,fold\n0.5,0\n1,1\n"),
        Case("row that is a word", $"row,fold\n{BrokenFolder.Canary},0\n1,1\n"),
        Case("row listed twice", "row,fold\n0,0\n1,1\n0,1\n"),
        Case("fold that is a word", "row,fold\n0,train\n1,test\n"),
        Case("fold missing", "row,fold\n0,\n1,1\n"),
        Case("negative fold", "row,fold\n0,-1\n1,1\n"),
        Case("row of a thousand digits", $"row,fold\n{new string('9', 1000)},0\n1,1\n"),
        Case("a class that is not listed", BrokenFolder.TableOf("row,fold", 80, i => BrokenFolder.Outcome(i) == "1" ? "" : $"{i},{i % 2}")),
        Case("a fold of one class", Rows(80, i => BrokenFolder.Outcome(i))),
        Case("two rows only", "row,fold\n0,0\n1,1\n"),
        Case("not a table", "PK\u0003\u0004"),
        new("a patient on two sides (taken, and found)", ExitCode.Done,
            ["train", "@stays.csv", "--target", "died", "--patient", "mrn", "--model", "logistic", "--folds", "@folds.csv", "--threads", "1", "--out", "@out", "--json"],
            folder =>
            {
                folder.Text("stays.csv", BrokenFolder.TableOf("mrn,age,died", 80, i => $"p{i / 2},{30 + (i * 37 % 51)},{BrokenFolder.Outcome(i)}"));
                folder.Text("folds.csv", Rows(80, i => $"{i % 2}"));
            })
        {
            Leaves = ["out"],
            Check = (_, run) => Assert.Contains("folds-split-patients", run.Output, StringComparison.Ordinal),
        },
    ];

    private static string Rows(int count, Func<int, string> fold) => BrokenFolder.TableOf("row,fold", count, i => $"{i},{fold(i)}");

    private static BrokenInput Case(string name, string text) => new(
        name, ExitCode.DataRefused, ["train", "@good.csv", "--target", "died", "--model", "logistic", "--folds", "@folds.csv", "--out", "@out"],
        folder =>
        {
            folder.Good();
            folder.Text("folds.csv", text);
        });
}
