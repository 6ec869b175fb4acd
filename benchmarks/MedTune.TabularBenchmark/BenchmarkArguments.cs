using System.Globalization;

namespace MedTune.TabularBenchmark;

/// <summary>What was asked for on the command line.</summary>
internal sealed record BenchmarkArguments
{
    public string[] Tasks { get; init; } = [];

    public string[] Models { get; init; } = [];

    public bool SkipLarge { get; init; }

    public bool SkipTasks { get; init; }

    public bool SkipTransfer { get; init; }

    public bool Json { get; init; }

    public int Seeds { get; init; } = 20;

    public int Search { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    public string? Data { get; init; }

    public const string Usage =
        "usage: MedTune.TabularBenchmark [--tasks a,b] [--models logistic,...] [--skip-large] [--no-tasks] [--no-transfer] [--seeds N] [--search N] [--threads N] [--data FOLDER] [--json]";

    /// <summary>Reads the arguments; null when they are not understood.</summary>
    public static BenchmarkArguments? Read(string[] args)
    {
        var arguments = new BenchmarkArguments();
        for (int i = 0; i < args.Length; i++)
        {
            string Value() => i + 1 < args.Length ? args[++i] : "";
            BenchmarkArguments? next = args[i] switch
            {
                "--tasks" => arguments with { Tasks = Value().Split(',') },
                "--models" => arguments with { Models = Value().Split(',') },
                "--skip-large" => arguments with { SkipLarge = true },
                "--no-tasks" => arguments with { SkipTasks = true },
                "--no-transfer" => arguments with { SkipTransfer = true },
                "--json" => arguments with { Json = true },
                "--data" => arguments with { Data = Value() },
                "--seeds" => int.TryParse(Value(), CultureInfo.InvariantCulture, out int seeds) && seeds > 0 ? arguments with { Seeds = seeds } : null,
                "--search" => int.TryParse(Value(), CultureInfo.InvariantCulture, out int search) && search >= 0 ? arguments with { Search = search } : null,
                "--threads" => int.TryParse(Value(), CultureInfo.InvariantCulture, out int threads) && threads > 0 ? arguments with { Threads = threads } : null,
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            arguments = next;
        }

        return arguments;
    }
}
