using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Options that are unknown, out of range, or exclude each other; columns that are not there.</summary>
internal static class OptionValues
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Typed("no target", ["train", "@good.csv"]),
        Typed("no data", ["train", "--target", "died"]),
        Typed("verb that is unknown", ["trian", "@good.csv"]),
        Typed("option that is unknown", ["train", "@good.csv", "--tagret", "died"]),
        Typed("one argument too many", ["inspect", "@good.csv", "@other.csv"]),
        Train("--seed of minus one", "--seed", "-1"),
        Train("--seed of a fraction", "--seed", "1.5"),
        Train("--seed too large", "--seed", "99999999999999999999999"),
        Train("--threads of zero", "--threads", "0"),
        Train("--threads too large", "--threads", "99999999999"),
        Train("--epochs of zero", "--epochs", "0"),
        Train("--epochs of a million", "--epochs", "1000000"),
        Train("--time-limit of a word", "--time-limit", "soon"),
        Train("--time-limit of nothing", "--time-limit", "0s"),
        Train("--time-limit of a hundred years", "--time-limit", "999999h"),
        Train("--time-limit that is empty", "--time-limit", ""),
        Train("--threshold above one", "--threshold", "1.5"),
        Train("--threshold of minus", "--threshold", "-0.2"),
        Train("--threshold of a word", "--threshold", "best"),
        Train("--threshold with sensitivity of two", "--threshold", "sensitivity>=2"),
        Train("--threshold without a number", "--threshold", "sensitivity>="),
        Train("--threshold of NaN", "--threshold", "NaN"),
        Train("--model of an unknown kind", "--model", "transformer"),
        Train("--model twice the same", "--model", "logistic", "--model", "logistic"),
        Train("--folds and --test together", "--folds", "@good.csv", "--test", "@good.csv"),
        Train("--plan that is not there", "--plan", "@gone.json"),
        Train("--separator of a word", "--separator", "semi"),
        Train("--decimal of a letter", "--decimal", "x"),
        Data("--drop of an unknown column", "--drop", "weight"),
        Data("--categorical of an unknown column", "--categorical", "weight"),
        Data("--patient of an unknown column", "--patient", "mrn"),
        Data("--patient with a broken expression", "--patient", "name:^(.*"),
        Data("--patient with an expression that fits nobody", "--patient", "name:^zzz(.)$"),
        Data("--site of an unknown column", "--site", "hospital"),
        Data("--separator that the table does not have", "--separator", "semicolon"),
        Data("--test that is not there", "--test", "@gone.csv"),
        Data("--folds that is not there", "--folds", "@gone.csv"),
        Data("every input dropped", "--drop", "name", "--drop", "age", "--drop", "marker", "--drop", "sex"),
        Predict("--set beside a table", ExitCode.WrongArguments, "@good.csv", "--set", "age=63"),
        Predict("neither table nor --set", ExitCode.WrongArguments),
        Predict("--set without a value", ExitCode.WrongArguments, "--set", "age"),
        Predict("--set twice the same", ExitCode.WrongArguments, "--set", "age=63", "--set", "age=64"),
        Predict("--set of a column the model does not have", ExitCode.DataRefused, "--set", "weight=80"),
        Predict("--set with --id", ExitCode.WrongArguments, "--set", "age=63", "--id", "name"),
        Predict("--id of an unknown column", ExitCode.DataRefused, "@good.csv", "--id", "mrn"),
        Verb("explain a row that is not there", ExitCode.DataRefused, "explain", "@model.onnx", "@good.csv", "--id", "999999"),
        Verb("explain a patient who is not there", ExitCode.DataRefused, "explain", "@model.onnx", "@good.csv", "--id", "name=nobody"),
        Verb("export without a form", ExitCode.WrongArguments, "export", "@model.onnx"),
        Verb("export to an unknown form", ExitCode.WrongArguments, "export", "@model.onnx", "--to", "pickle"),
        Verb("evaluate with an answer that means nothing", ExitCode.WrongArguments, "evaluate", "@model.onnx", "@good.csv", "--accept", "everything"),
        Verb("evaluate on the rows it was trained on", ExitCode.DataRefused, "evaluate", "@model.onnx", "@good.csv"),
    ];

    private static BrokenInput Typed(string name, string[] arguments) => new(name, ExitCode.WrongArguments, arguments, folder => folder.Good());

    private static BrokenInput Train(string name, params string[] more) => new(
        name, ExitCode.WrongArguments, ["train", "@good.csv", "--target", "died", .. more, "--out", "@out"], folder => folder.Good());

    private static BrokenInput Data(string name, params string[] more) => Train(name, more) with { Code = ExitCode.DataRefused };

    private static BrokenInput Predict(string name, ExitCode code, params string[] more) => Verb(name, code, ["predict", "@model.onnx", .. more]);

    private static BrokenInput Verb(string name, ExitCode code, params string[] arguments) => new(name, code, arguments, folder => folder.Model());
}
