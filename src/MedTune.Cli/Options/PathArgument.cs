using System.CommandLine;

namespace MedTune.Cli.Options;

/// <summary>The files and folders that verbs are given.</summary>
internal static class PathArgument
{
    public static Argument<string> Data() => new("DATA")
    {
        Description = "A table: CSV or TSV, plain or gzipped; the first line names the columns.",
    };

    public static Argument<string[]> DataFiles() => new("DATA")
    {
        Description = "A table (CSV or TSV, plain or gzipped), pictures, or gene data; of sequences one FASTA file for each class.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Argument<string?> OptionalData(string description) => new("DATA")
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Argument<string> Model() => new("MODEL")
    {
        Description = "A model.onnx that medtune train wrote, or the folder of its run.",
    };

    public static Argument<string> Run() => new("RUN") { Description = "The folder that medtune train wrote." };
}
