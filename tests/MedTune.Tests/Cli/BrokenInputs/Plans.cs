using System.Text;
using MedTune.Cli;

namespace MedTune.Tests.Cli.BrokenInputs;

/// <summary>Plans that a person has edited, or that are none.</summary>
internal static class Plans
{
    public static IReadOnlyList<BrokenInput> All { get; } =
    [
        Text("empty file", ""),
        Text("not JSON", "models: [logistic]\n"),
        Text("null", "null"),
        Text("a list", "[]"),
        Text("a table", BrokenFolder.Patients(3)),
        Text("cut in the middle", "{ \"format\": 1, \"models\": [ \"logis"),
        Text("nested without end", string.Concat(Enumerable.Repeat("{\"columns\":[", 20_000))),
        Text("nested lists without end", "{\"models\":" + new string('[', 100_000)),
        Text("entry that is unknown", "{ \"modles\": [ \"logistic\" ] }"),
        Text("number in place of a text", "{ \"threshold\": 0.5 }"),
        Text("text in place of a number", "{ \"folds\": \"five\" }"),
        Text("number too large", "{ \"epochs\": 99999999999999999999 }"),
        Text("fraction in place of a whole number", "{ \"folds\": 2.5 }"),
        Text("null in place of a list", "{ \"columns\": null }"),
        Text("null in place of the models", "{ \"models\": null }"),
        Text("null in place of a text", "{ \"threshold\": null }"),
        Text("entries missing", "{ \"models\": [ \"logistic\" ] }"),
        Text("null in place of a digest", "{ \"from_digest\": null }"),
        Text("entry twice", "{ \"folds\": 5, \"folds\": 3, \"epochs\": 0 }"),
        Edited("null in a list", "\"logistic\"", "null"),
        Edited("null among the accepted", "\"accepted\": []", "\"accepted\": [null]"),
        Edited("null among the columns", "\"columns\": [", "\"columns\": [ null,"),
        Edited("column named null", "\"name\": \"age\"", "\"name\": null"),
        Edited("form of the future", "\"format\": 1", "\"format\": 99"),
        Edited("another modality", "\"tabular\"", "\"images\""),
        Edited("unknown model", "\"logistic\"", "\"oracle\""),
        Edited("one fold", "\"folds\": 5", "\"folds\": 1"),
        Edited("a million folds", "\"folds\": 5", "\"folds\": 1000000"),
        Edited("negative epochs", "\"epochs\": 60", "\"epochs\": -60"),
        Edited("learning rate of zero", "\"learning_rate\": 0.003", "\"learning_rate\": 0"),
        Edited("everything sealed", "\"sealed_share\": 0.2", "\"sealed_share\": 1"),
        Edited("threshold that is none", "\"youden\"", "\"the best\""),
        Edited("column that the data do not have", "\"age\"", "\"weight\""),
        Edited("column used as what it is not", "\"number\"", "\"nonsense\""),
        Edited("starts from a model that is not given", "\"from_digest\": \"\"", "\"from_digest\": \"0123\""),
        new("plan that is a folder", ExitCode.WrongArguments, Typed("@."), folder => folder.Good()),
        new("plan in UTF-16", ExitCode.WrongArguments, Typed("@plan.json"), folder =>
        {
            folder.Good();
            folder.Bytes("plan.json", Encoding.Unicode.GetBytes("{ \"folds\": 5 }"));
        }),
    ];

    private static string[] Typed(string plan) => ["train", "@good.csv", "--target", "died", "--plan", plan, "--out", "@out"];

    private static BrokenInput Text(string name, string text) => new(name, ExitCode.WrongArguments, Typed("@plan.json"), folder =>
    {
        folder.Good();
        folder.Text("plan.json", text);
    });

    private static BrokenInput Edited(string name, string from, string to) => new(name, ExitCode.WrongArguments, Typed("@run/plan.json"), folder =>
    {
        folder.Run();
        folder.Edit("run/plan.json", from, to);
    });
}
