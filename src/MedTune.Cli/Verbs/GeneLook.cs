using MedTune.Cli.Options;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Data.Genes;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune inspect</c> of gene data: reads all of it and shows what was found.</summary>
internal static class GeneLook
{
    public static ExitCode Show(Screen screen, string path, DatasetOptions options)
    {
        GeneSet set = GeneSet.Open(path, options);
        DatasetSummary summary = set.Summarize();
        string files = string.Join(' ', options.Genes.Others.Insert(0, path).Select(ShellText.Quote));
        string next = $"medtune train {files} {DataOptions.ToCommandLine(options)}".TrimEnd();
        if (screen.IsJson)
        {
            screen.Json(GeneTables.Document(path, set, summary, next));
            return ExitCode.Done;
        }

        GeneTables.Show(screen, path, set, summary);
        screen.Line();
        screen.Heading("Next:");
        screen.Line($"  {next}");
        return ExitCode.Done;
    }
}
