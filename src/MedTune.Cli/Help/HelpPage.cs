using System.CommandLine;
using System.CommandLine.Help;
using MedTune.Cli.Output;
using MedTune.Cli.Verbs;

namespace MedTune.Cli.Help;

/// <summary>What <c>--help</c> shows: what a verb does, lines to type, then every argument and option.</summary>
internal static class HelpPage
{
    private const int LabelWidth = 30;
    private const int RootLabelWidth = 14;

    public static void Write(Command command, RootCommand root, Screen screen)
    {
        if (command is VerbCommand { Verb: var verb })
        {
            WriteVerb(verb, command, root, screen);
        }
        else
        {
            WriteRoot(root, screen);
        }
    }

    private static void WriteRoot(RootCommand root, Screen screen)
    {
        screen.Paragraph($"medtune {Application.Version}: {root.Description}");
        screen.Line();
        screen.Heading("Start here:");
        WriteExamples(
            [
                new Example("medtune demo", "the whole way on sample data: train, move to another hospital, report"),
                new Example("medtune inspect patients.csv --target died", "what is in your data, and what is wrong with it"),
                new Example("medtune train patients.csv --target died", "a model with its evidence, in runs/patients"),
            ],
            screen);
        screen.Heading("Verbs:");
        foreach (Command command in root.Subcommands)
        {
            WriteEntry(command.Name, command.Description ?? "", screen, labelWidth: RootLabelWidth);
        }

        screen.Line();
        screen.Heading("Everywhere:");
        foreach (Option option in root.Options)
        {
            WriteEntry(LabelOf(option), option.Description ?? "", screen, labelWidth: RootLabelWidth);
        }

        screen.Line();
        screen.Paragraph(
            "Results go to standard output, progress and errors to standard error. Exit codes: 0 done, 1 internal error, 2 wrong " +
            "arguments, 3 data refused, 4 model file refused, 5 verification differs, 130 stopped.");
        screen.Paragraph("'medtune VERB --help' shows the options of a verb, with examples.");
    }

    private static void WriteVerb(Verb verb, Command command, RootCommand root, Screen screen)
    {
        screen.Paragraph(verb.Summary);
        if (verb.Description.Length > 0)
        {
            screen.Line();
            screen.Paragraph(verb.Description);
        }

        screen.Line();
        screen.Heading("Usage:");
        screen.Line($"  medtune {verb.Name} {string.Join(' ', command.Arguments.Select(UsageOf))}{(command.Options.Count > 0 ? " [options]" : "")}".TrimEnd());
        screen.Line();
        screen.Heading("Examples:");
        WriteExamples(verb.Examples, screen);
        if (command.Arguments.Count > 0)
        {
            screen.Heading("Arguments:");
            foreach (Argument argument in command.Arguments)
            {
                WriteEntry(argument.HelpName ?? argument.Name, argument.Description ?? "", screen, LabelWidth);
            }

            screen.Line();
        }

        screen.Heading("Options:");
        foreach (Option option in command.Options.Concat(root.Options.Where(option => option.Recursive)))
        {
            WriteEntry(LabelOf(option), option.Description ?? "", screen, LabelWidth);
        }
    }

    private static void WriteExamples(IEnumerable<Example> examples, Screen screen)
    {
        foreach (Example example in examples)
        {
            screen.Line($"  {example.Line}");
            screen.Paragraph(example.Purpose, indent: 6);
        }

        screen.Line();
    }

    private static void WriteEntry(string label, string description, Screen screen, int labelWidth)
    {
        string first = $"  {label}";
        if (first.Length + 2 > labelWidth)
        {
            screen.Line(first);
            screen.Paragraph(description, indent: labelWidth);
            return;
        }

        screen.Paragraph(description, indent: labelWidth, firstLine: first.PadRight(labelWidth));
    }

    private static string UsageOf(Argument argument)
    {
        string name = argument.HelpName ?? argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string LabelOf(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias != "-?").Append(option.Name).Distinct().OrderBy(name => name.Length));
        bool isRepeatable = option.Arity.MaximumNumberOfValues > 1;
        return option is HelpOption or VersionOption || option.HelpName is null ? names : $"{names} {option.HelpName}{(isRepeatable ? " ..." : "")}";
    }
}
