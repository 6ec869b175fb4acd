using MedTune.Cli;
using MedTune.Cli.Output;

namespace MedTune.Tests.Cli;

public sealed class ParseTests
{
    [Theory]
    [InlineData("inspect a.csv")]
    [InlineData("inspect a.csv --target num>0 --positive 1 --drop a --drop b --categorical c --missing ? --missing -9 --missing - --patient id:(.*) --site s --json")]
    [InlineData("train a.csv --target=died --from m.onnx --model logistic --model perceptron --plan p.json --accept a,b --accept all --threshold 0.2 --out o --seed 18446744073709551615 --threads 2 --epochs 3 --search 20 --time-limit 10m")]
    [InlineData("train a.csv --target x --folds f.csv")]
    [InlineData("train a.csv --target x --test t.csv")]
    [InlineData("train a.csv --drop @id")]
    [InlineData("resume r")]
    [InlineData("resume r a.csv --threads 1")]
    [InlineData("evaluate m a.csv --target died --accept trained-rows --out o")]
    [InlineData("predict m a.csv --id mrn -o out.csv")]
    [InlineData("predict m --set age=63 --set sex=M --set note=a=b")]
    [InlineData("explain m a.csv --id 3")]
    [InlineData("explain m --set age=63")]
    [InlineData("export r --to onnx -o x.onnx")]
    [InlineData("verify r a.csv --threads 4")]
    [InlineData("demo --out d --threads 2 --json")]
    public void Parse_Line_IsUnderstood(string line)
    {
        var screen = new Screen(TextWriter.Null, TextWriter.Null, ScreenSettings.Redirected);
        Assert.Empty(Application.Parse(Application.CreateRoot(screen), line.Split(' ')).Errors);
    }

    [Theory]
    [InlineData("trian", "There is no verb 'trian'; did you mean 'train'?")]
    [InlineData("xyzzy", "There is no verb 'xyzzy'.")]
    [InlineData("inspect", "DATA")]
    [InlineData("predict m.onnx a.csv b.csv", "There is one argument too many: 'b.csv'.")]
    [InlineData("inspect a.csv --tagret x", "There is no option '--tagret'; did you mean '--target'?")]
    [InlineData("inspect a.csv --target", "--target")]
    [InlineData("inspect a.csv --target x --target y", "--target")]
    [InlineData("train", "DATA")]
    [InlineData("train a.csv", "--target")]
    [InlineData("train a.csv --target x --seed -1", "--seed needs a whole number from 0, not '-1'.")]
    [InlineData("train a.csv --target x --threads 0", "--threads needs a whole number of at least 1, not '0'.")]
    [InlineData("train a.csv --target x --epochs many", "--epochs needs a whole number of at least 1, not 'many'.")]
    [InlineData("train a.csv --target x --time-limit soon", "--time-limit needs a time such as 90s, 10m or 1h30m, not 'soon'.")]
    [InlineData("train a.csv --target x --threshold high", "--threshold 'high'")]
    [InlineData("train a.csv --target x --folds f --test t", "--folds and --test")]
    [InlineData("resume", "RUN")]
    [InlineData("evaluate m", "DATA")]
    [InlineData("evaluate m a.csv --accept duplicates", "--accept 'duplicates'")]
    [InlineData("predict m", "--set")]
    [InlineData("predict m a.csv --set a=1", "not both")]
    [InlineData("predict m --set a", "--set needs COL=VALUE")]
    [InlineData("predict m --set a=1 --set a=2", "twice")]
    [InlineData("predict m --set a=1 --id x", "--id and -o belong to a table")]
    [InlineData("explain m", "--set")]
    [InlineData("explain m --set a=1 --id 3", "--id chooses a row")]
    [InlineData("export m", "--to")]
    [InlineData("export m --to pdf", "--to 'pdf' is not known")]
    [InlineData("verify", "RUN")]
    [InlineData("demo here", "one argument too many")]
    public async Task Run_WrongArguments_EndsWithTwoAndSaysWhatToType(string line, string said)
    {
        ProgramRun run = await ProgramRun.OfAsync(line.Split(' '));
        Assert.Contains(said, run.Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Run_WrongArgumentsWithJson_GivesTheErrorAsADocument()
    {
        ProgramRun run = (await ProgramRun.OfAsync("train", "--json")).Expect(ExitCode.WrongArguments);
        Assert.Equal(2, (int)run.Json["error"]!["code"]!);
        Assert.Equal("arguments", (string?)run.Json["error"]!["kind"]);
        Assert.NotEqual("", run.Error);
    }
}
