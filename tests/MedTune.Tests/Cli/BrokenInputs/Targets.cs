using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Targets and target rules that cannot be meant.</summary>
internal static class Targets
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Case("column that is not there", "dead"),
        Case("column in other letters", "Died"),
        Case("empty text", ""),
        Case("spaces", "   "),
        Case("rule on a column that is not there", "stage>2"),
        Case("rule without a value", "died="),
        Case("rule without a number", "age>"),
        Case("rule without a column", ">3"),
        Case("order on a word", "age>old"),
        Case("order on a column of texts", "sex>1"),
        Case("two values in an order", "age>1,2"),
        Case("rule that nobody meets", "age>500"),
        Case("rule that everybody meets", "age>0"),
        Case("value that no row has", "sex='x'"),
        Case("list with a value that no row has", "sex in 'f','y'"),
        Case("list without values", "sex in"),
        Case("quote not closed", "sex in 'f,'m"),
        Case("text behind a quoted value", "sex in 'f' or 'm'"),
        Case("not a rule at all", "died is bad"),
        Case("expression that is broken", "name matches ("),
        Case("expression that nobody meets", "name matches ^zzz$"),
        Endless("expression that never ends", "--target", "name matches ^(a|aa)+$"),
        Endless("expression for patients that never ends", "--target", "died", "--patient", "name:^(a|aa)+$"),
        Case("contains nothing", "name contains ''"),
        Case("positive class that no row has", "died", "--positive", "maybe"),
        Case("positive class beside a rule", "age>60", "--positive", "1"),
        Case("target dropped", "died", "--drop", "died"),
        Case("target as the patient", "died", "--patient", "died"),
        Case("target as the site", "died", "--site", "died"),
    ];

    private static BrokenInput Endless(string name, params string[] typed) => new(
        name, ExitCode.DataRefused, ["train", "@long.csv", .. typed, "--out", "@out"],
        folder => folder.Text("long.csv", BrokenFolder.TableOf("name,age,died", 80, i => $"{new string('a', 60)}{BrokenFolder.Canary}{i},{30 + (i * 37 % 51)},{BrokenFolder.Outcome(i)}")));

    private static BrokenInput Case(string name, string target, params string[] more) => new(
        name, ExitCode.DataRefused, ["train", "@good.csv", "--target", target, .. more, "--out", "@out"], folder => folder.Good());
}
