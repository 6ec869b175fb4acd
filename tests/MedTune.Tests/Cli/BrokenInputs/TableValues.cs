using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Tables that can be read, and from which nothing, or nothing sound, can be learned.</summary>
internal static class TableValues
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Refused("one class", i => "1"),
        Refused("no value of the target", i => ""),
        Refused("every target a marker for missing", i => "NA"),
        Refused("one patient with the event", i => i == 7 ? "1" : "0"),
        Refused("three patients with the event", i => i % 30 == 7 ? "1" : "0"),
        Refused("a measurement as target", i => $"{i * 7919 % 97}.{i % 9}"),
        Refused("a name as target", i => $"{BrokenFolder.Canary}{i}"),
        Refused("a hundred classes as target", i => $"c{i % 40}-{BrokenFolder.Canary}"),
        Refused("the target nearly always missing", i => i < 4 ? $"{i % 2}" : ""),
        Refused("three classes, one of them rare", i => i == 5 ? "rare" : i % 2 == 0 ? "a" : "b"),
        Columns("every input missing", "age,marker,died", i => $",NA,{BrokenFolder.Outcome(i)}"),
        Columns("every input constant", "age,sex,died", i => $"63,m,{BrokenFolder.Outcome(i)}"),
        Columns("only identifiers", "mrn,name,died", i => $"{100000 + i},{BrokenFolder.Canary}{i},{BrokenFolder.Outcome(i)}"),
        Columns("only dates", "born,seen,died", i => $"19{30 + (i % 60)}-01-{1 + (i % 28):00},2024-02-{1 + (i % 28):00},{BrokenFolder.Outcome(i)}"),
        Columns("only free text", "note,died", i => $"the patient {BrokenFolder.Canary}{i} was seen again in week {i} and told that all was well since,{BrokenFolder.Outcome(i)}"),
        Columns("an input that is the target", "copy,age,died", i => $"{(BrokenFolder.Outcome(i) == "1" ? "yes" : "no")},{i * 37 % 51},{BrokenFolder.Outcome(i)}"),
        Columns("follow-up time that tells the outcome", "survival days,age,died", i => $"{(BrokenFolder.Outcome(i) == "1" ? 20 : 60) + (i * 31 % 90)},{i * 37 % 51},{BrokenFolder.Outcome(i)}"),
        Columns("row number in a sorted table", "row,age,died", i => $"{i + 1},{i * 37 % 51},{(i < 40 ? 0 : 1)}"),
        Trained("NaN among the numbers", i => i % 9 == 0 ? "NaN" : $"{i * 31 % 97}"),
        Trained("infinities among the numbers", i => (i % 9) switch { 0 => "inf", 1 => "-Infinity", _ => $"{i * 31 % 97}.25" }),
        Trained("1e999 among the numbers", i => (i % 9) switch { 0 => "1e999", 1 => "-1E999", _ => $"{i * 31 % 97}.25" }),
        Trained("numbers beyond single precision", i => i % 9 == 0 ? "1e300" : $"{i * 31 % 97}.25"),
        Trained("the largest and the smallest numbers", i => (i % 3) switch { 0 => "3e38", 1 => "-3e38", _ => "1e-45" }),
        Trained("one enormous value", i => i == 11 ? "9e37" : $"{i * 31 % 97}.25"),
        Trained("decimal commas among decimal points", i => i % 2 == 0 ? $"\"{i * 31 % 97},5\"" : $"{i * 31 % 97}.5"),
        Trained("thousands in both ways", i => i % 2 == 0 ? $"\"1,{100 + i},000\"" : $"\"1.{100 + i}.000\""),
        Trained("units in the cells", i => i % 2 == 0 ? $"{i} kg" : $"{i} lb"),
        Trained("dates in three forms", i => (i % 3) switch { 0 => $"2024-01-{1 + (i % 28):00}", 1 => $"01/{1 + (i % 28)}/2024", _ => $"{1 + (i % 28)}. Jan" }),
        Trained("a word among the numbers", i => i == 3 ? BrokenFolder.Canary : $"{i * 31 % 97}.25"),
        Trained("more than half words", i => i % 5 < 3 ? $"{BrokenFolder.Canary}{i}" : $"{i * 31 % 97}.25"),
        Trained("control characters in the cells", i => i == 3 ? "a\u0001\u0007" : i % 2 == 0 ? "b" : "c"),
        Trained("zero-width and direction marks in the cells", i => i % 2 == 0 ? "m\u200b\u202e" : "\u2066f\u2069"),
        Trained("true and false in every language", i => new[] { "yes", "no", "TRUE", "falsch", "是", "否", "Y", "n" }[i % 8]),
        Trained("a level in every row but one", i => i == 5 ? "b" : "a"),
    ];

    private static BrokenInput Refused(string name, Func<int, string> outcome) => new(
        name, ExitCode.DataRefused, ["train", "@bad.csv", "--target", "died", "--out", "@out"], folder => folder.Text("bad.csv", BrokenFolder.Patients(outcome: outcome)));

    private static BrokenInput Columns(string name, string header, Func<int, string> row) => new(
        name, ExitCode.DataRefused, ["train", "@bad.csv", "--target", "died", "--out", "@out"], folder => folder.Text("bad.csv", BrokenFolder.TableOf(header, 80, row)));

    private static BrokenInput Trained(string name, Func<int, string> cell) => new(
        name + " (taken)",
        ExitCode.Done,
        ["train", "@odd.csv", "--target", "died", "--model", "logistic", "--seed", "1", "--threads", "1", "--out", "@out", "--json"],
        folder => folder.Text("odd.csv", BrokenFolder.TableOf("age,odd,died", 80, i => $"{30 + (i * 37 % 51)},{cell(i)},{BrokenFolder.Outcome(i)}")))
    {
        Leaves = ["out"],
        Check = (folder, _) => Assert.DoesNotContain("NaN", File.ReadAllText(folder["out/predictions.csv"]), StringComparison.Ordinal),
    };
}
