using System.Text;
using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Run folders that were damaged or edited, given to resume, verify and export.</summary>
internal static class RunFolders
{
    private const string Identity = "01234567890123456789012345678901";

    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Verify("no name at all", ExitCode.DataRefused, "", folder => folder.Run()),
        Verify("folder that is not there", ExitCode.DataRefused, "@gone", folder => folder.Run()),
        Verify("file in place of the folder", ExitCode.DataRefused, "@good.csv", folder => folder.Run()),
        Verify("folder without a run", ExitCode.DataRefused, "@.", folder => folder.Run()),
        Record("record that is empty", _ => ""),
        Record("record that is null", _ => "null"),
        Record("record that is cut", text => text[..(text.Length / 2)]),
        Record("record nested without end", _ => string.Concat(Enumerable.Repeat("{\"data\":", 10_000))),
        Record("record without data", _ => "{ \"format\": 1, \"state\": \"finished\" }"),
        Record("record with data of null", text => Section(text, "\"data\"", "null")),
        Record("record with digests of null", text => Section(text, "\"digests\"", "null")),
        Record("record of a later form", text => text.Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal)),
        Record("record with a state of its own", text => text.Replace("\"finished\"", "\"done\"", StringComparison.Ordinal)),
        Record("record of other data", text => Value(text, "\"data_digest\"", "\"0123\"")),
        Record("record of data that are gone", text => Value(text, "\"data_path\"", "\"/no/such/table.csv\"")),
        Record("record with a path of null", text => Value(text, "\"data_path\"", "null")),
        Record("record that takes another column out", text => text.Replace("\"drop\": []", "\"drop\": [\"weight\"]", StringComparison.Ordinal)),
        Plan("plan that is missing", folder => File.Delete(folder["run/plan.json"])),
        Plan("plan that is cut", folder => folder.Text("run/plan.json", File.ReadAllText(folder["run/plan.json"])[..300])),
        Plan("plan with an entry that is unknown", folder => folder.Edit("run/plan.json", "\"folds\"", "\"fold\"")),
        Plan("plan with one fold", folder => folder.Edit("run/plan.json", "\"folds\": 5", "\"folds\": 1")),
        Plan("model it starts from is missing", folder => folder.Edit("run/plan.json", "\"from_digest\": \"\"", "\"from_digest\": \"0123\""), ExitCode.ModelRefused),
        Plan("model it starts from is another one", folder =>
        {
            folder.Edit("run/plan.json", "\"from_digest\": \"\"", "\"from_digest\": \"0123\"");
            File.Copy(folder["run/model.onnx"], folder["run/parent.onnx"]);
        }, ExitCode.ModelRefused),
        Plan("table changed since", folder => folder.Edit("good.csv", "30,0.5", "31,0.5")),
        Plan("folds that are missing", folder => folder.Edit("run/run.json", "\"has_folds\": false", "\"has_folds\": true")),
        Differs("metrics edited", folder => folder.Edit("run/metrics.json", "0.", "1.")),
        Differs("predictions edited", folder => folder.Edit("run/predictions.csv", "oof,0", "oof,1")),
        Differs("model changed by one bit", folder => Flip(folder["run/model.onnx"])),
        Differs("model missing", folder => File.Delete(folder["run/model.onnx"])),
        Differs("digests taken out of the record", folder => folder.Text("run/run.json", Section(File.ReadAllText(folder["run/run.json"]), "\"digests\"", "{}"))),
        Differs("seed edited in the plan", folder => folder.Edit("run/plan.json", "\"seed\": 1", "\"seed\": 2")),
        Resume("resume a finished run", folder => { }),
        Resume("journal of another program", folder => Journal(folder, Encoding.ASCII.GetBytes(new string('x', 100)))),
        Resume("journal of other data", folder => Journal(folder, Encoding.ASCII.GetBytes("MedTune fits 2\n" + Identity))),
        Resume("checkpoint that is a file", folder =>
        {
            folder.Edit("run/run.json", "\"finished\"", "\"running\"");
            folder.Text("run/checkpoint", "");
        }),
        Resume("journal that is a folder", folder =>
        {
            folder.Edit("run/run.json", "\"finished\"", "\"running\"");
            Directory.CreateDirectory(folder["run/checkpoint/fits.journal"]);
        }),
        Model("report of a run that has none", ExitCode.DataRefused, ["export", "@run", "--to", "html", "-o", "@card.html"], folder => File.Delete(folder["run/report.html"])),
        Model("report in a language that was never written", ExitCode.DataRefused, ["export", "@run", "--to", "html", "--language", "zh", "-o", "@card.html"], folder => File.Delete(folder["run/report.zh.html"])),
        Model("model of a run that has none", ExitCode.ModelRefused, ["export", "@run", "--to", "onnx", "-o", "@model.onnx"], folder => File.Delete(folder["run/model.onnx"])),
        Model("predict from a run without a model", ExitCode.ModelRefused, ["predict", "@run", "@good.csv"], folder => File.Delete(folder["run/model.onnx"])),
        Model("plan of a table that is too small now", ExitCode.DataRefused, ["verify", "@run", "@small.csv", "--threads", "1"], folder => folder.Text("small.csv", BrokenFolder.Patients(9))),
    ];

    private static BrokenInput Verify(string name, ExitCode code, string run, Action<BrokenFolder> prepare) => new(name, code, ["verify", run, "@good.csv", "--threads", "1"], prepare);

    private static BrokenInput Plan(string name, Action<BrokenFolder> damage, ExitCode code = ExitCode.DataRefused) => Model(name, code, ["verify", "@run", "@good.csv", "--threads", "1"], damage);

    private static BrokenInput Record(string name, Func<string, string> change) => Model(
        name, ExitCode.DataRefused, ["verify", "@run", "--threads", "1"], folder => folder.Text("run/run.json", change(File.ReadAllText(folder["run/run.json"]))));

    private static BrokenInput Differs(string name, Action<BrokenFolder> damage) => Plan("verify: " + name, damage, ExitCode.VerificationDiffers);

    private static BrokenInput Resume(string name, Action<BrokenFolder> damage) => Model(name, ExitCode.DataRefused, ["resume", "@run", "@good.csv", "--threads", "1"], damage);

    private static BrokenInput Model(string name, ExitCode code, string[] arguments, Action<BrokenFolder> damage) => new(name, code, arguments, folder =>
    {
        folder.Run();
        damage(folder);
    });

    private static void Journal(BrokenFolder folder, byte[] bytes)
    {
        folder.Edit("run/run.json", "\"finished\"", "\"running\"");
        Directory.CreateDirectory(folder["run/checkpoint"]);
        folder.Bytes("run/checkpoint/fits.journal", bytes);
    }

    private static void Flip(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Puts another value in place of an object.</summary>
    private static string Section(string json, string key, string value)
    {
        int start = json.IndexOf('{', json.IndexOf(key + ":", StringComparison.Ordinal));
        int end = json.IndexOf('}', start) + 1;
        return string.Concat(json.AsSpan(0, start), value, json.AsSpan(end));
    }

    /// <summary>Puts another value in place of a text.</summary>
    private static string Value(string json, string key, string value)
    {
        int start = json.IndexOf(':', json.IndexOf(key, StringComparison.Ordinal)) + 1;
        int end = json.IndexOf('\n', start);
        return string.Concat(json.AsSpan(0, start), value, ",", json.AsSpan(end));
    }
}
