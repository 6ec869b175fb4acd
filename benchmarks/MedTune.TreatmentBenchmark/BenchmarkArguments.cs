using System.Globalization;

namespace MedTune.TreatmentBenchmark;

/// <summary>What the command line says.</summary>
internal sealed record BenchmarkArguments
{
    public const string Usage = "usage: MedTune.TreatmentBenchmark [--sets ihdp,synth,actg175,ist] [--splits N] [--data FOLDER] [--threads N] [--seed N]";

    public string[] Sets { get; init; } = ["ihdp", "synth", "actg175", "ist"];

    /// <summary>At most so many splits or replications of each set.</summary>
    public int Splits { get; init; } = int.MaxValue;

    public string? Data { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    public ulong Seed { get; init; } = 1;

    /// <summary>The arguments, or null where they cannot be read.</summary>
    public static BenchmarkArguments? Read(string[] args)
    {
        var read = new BenchmarkArguments();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
            {
                return null;
            }

            string value = args[i + 1];
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0;
            BenchmarkArguments? next = args[i] switch
            {
                "--sets" => read with { Sets = value.Split(',') },
                "--data" => read with { Data = value },
                "--splits" when isNumber => read with { Splits = number },
                "--threads" when isNumber => read with { Threads = number },
                "--seed" when isNumber => read with { Seed = (ulong)number },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            read = next;
        }

        return read;
    }
}
