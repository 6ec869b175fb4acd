using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Places that results cannot be written to.</summary>
/// <remarks>The person who runs the tests may be root, whom permissions do not stop; /proc and a file in place of a folder stop everybody.</remarks>
internal static class OutputPlaces
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Train("a file in place of the folder", "@good.csv"),
        Train("a folder below a file", "@good.csv/run"),
        Train("a folder that is not empty", "@."),
        Train("a folder of the system", "/proc/medtune"),
        Train("no name at all", ""),
        Train("a name too long for any disk", "@" + new string('n', 300)),
        new("train: a link to nowhere", ExitCode.DataRefused, Typed("@link"), folder =>
        {
            folder.Good();
            File.CreateSymbolicLink(folder["link"], folder["nowhere/at/all"]);
        }),
        new("train: a link to a file", ExitCode.DataRefused, Typed("@link"), folder =>
        {
            folder.Good();
            File.CreateSymbolicLink(folder["link"], folder["good.csv"]);
        }),
        new("train: a folder that holds a finished run", ExitCode.DataRefused, Typed("@run"), folder => folder.Run()),
        Ledger("train: the count of openings cannot be kept", folder => Typed("@out"), "/proc/medtune"),
        Ledger("train: the count of openings would be a file's part", folder => Typed("@out"), "good.csv"),
        Ledger("evaluate: the count of openings cannot be kept", folder => ["evaluate", "@model.onnx", "@others.csv", "--out", "@out"], "/proc/medtune"),
        Predict("a folder in place of the file", "@."),
        Predict("a folder that is not there", "@none/out.csv"),
        Predict("a file of the system", "/proc/out.csv"),
        Predict("a device", "/dev/full"),
        Predict("a device that swallows all", "/dev/null"),
        Predict("no name at all", "", ExitCode.WrongArguments),
        Predict("a name too long for any disk", "@" + new string('n', 300)),
        Predict("a file below a file", "@good.csv/out.csv"),
        Model("evaluate: a folder that is not empty", "evaluate", "@model.onnx", "@others.csv", "--out", "@."),
        Model("evaluate: a folder of the system", "evaluate", "@model.onnx", "@others.csv", "--out", "/proc/medtune"),
        Model("export: a folder of the system", "export", "@model.onnx", "--to", "onnx", "-o", "/proc/model.onnx"),
        Model("export: weights into a folder of the system", "export", "@model.onnx", "--to", "safetensors", "-o", "/proc/model.safetensors"),
        Model("export: a card into a folder of the system", "export", "@model.onnx", "--to", "html", "-o", "/proc/card.html"),
        Model("export: a model onto a device", "export", "@model.onnx", "--to", "onnx", "-o", "/dev/null"),
        Model("export: a report of no run", "export", "@.", "--to", "html", "-o", "@card.html"),
        Model("demo: a file in place of the folder", "demo", "--out", "@good.csv"),
    ];

    private static string[] Typed(string folder) => ["train", "@good.csv", "--target", "died", "--model", "logistic", "--threads", "1", "--out", folder];

    private static BrokenInput Train(string name, string folder) => new("train: " + name, ExitCode.DataRefused, Typed(folder), place => place.Good());

    private static BrokenInput Predict(string name, string file, ExitCode code = ExitCode.DataRefused) => new(
        "predict: " + name, code, ["predict", "@model.onnx", "@good.csv", "-o", file], folder => folder.Model());

    private static BrokenInput Model(string name, params string[] arguments) => new(name, ExitCode.DataRefused, arguments, Fill);

    private static BrokenInput Ledger(string name, Func<BrokenFolder, string[]> arguments, string ledger) => new(
        name, ExitCode.DataRefused, arguments(null!), Fill)
    {
        IsProcess = true,
        Variables = [("MEDTUNE_DATA", ledger)],
    };

    private static void Fill(BrokenFolder folder)
    {
        folder.Model();
        folder.Text("others.csv", BrokenFolder.TableOf("name,age,marker,sex,died", 40, i => $"o{i},{31 + (i * 17 % 51)},{i * 31 % 97}.25,{(i % 2 == 0 ? "f" : "m")},{i % 3 % 2}"));
    }
}
