using System.CommandLine;
using System.CommandLine.Parsing;

namespace MedTune.Cli.Options;

/// <summary>The files and folders that verbs are given.</summary>
internal static class PathArgument
{
    public static Argument<string> Data() => new("DATA")
    {
        Description = "A table: CSV or TSV, plain or gzipped; the first line names the columns.",
    };

    public static Argument<string[]> DataFiles() => Files("DATA", "A table (CSV or TSV, plain or gzipped), pictures, or gene data; of sequences one FASTA file for each class.");

    /// <summary>One file or more; an option that was mistyped is none of them.</summary>
    public static Argument<string[]> Files(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result =>
        {
            string? mistyped = result.Tokens.Select(token => token.Value).FirstOrDefault(text => text.StartsWith('-') && !File.Exists(text));
            if (mistyped is not null && result.Parent is CommandResult verb)
            {
                result.AddError(ParseErrors.UnknownOption(mistyped, verb.Command.Options.Concat((verb.Parent as CommandResult)?.Command.Options ?? [])));
            }
        });
        return argument;
    }

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
