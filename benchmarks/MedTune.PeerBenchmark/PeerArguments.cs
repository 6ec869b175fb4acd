using System.Globalization;

namespace MedTune.PeerBenchmark;

/// <summary>What was asked for on the command line.</summary>
internal sealed record PeerArguments
{
    public const string Usage =
        "usage: MedTune.PeerBenchmark [--kinds logistic,boosting] [--pairs N] [--slow-pairs N] [--threads N] [--python PROGRAM] [--data FOLDER] [--fit KIND]";

    /// <summary>Which comparisons to make.</summary>
    public string[] Kinds { get; init; } = [OwnFit.Logistic, OwnFit.Boosting];

    /// <summary>Pairs of boosting fits.</summary>
    public int Pairs { get; init; } = 5;

    /// <summary>Pairs of logistic fits, whose peer takes longer.</summary>
    public int SlowPairs { get; init; } = 3;

    /// <summary>Threads of either side.</summary>
    public int Threads { get; init; } = 1;

    public string Python { get; init; } = "/usr/bin/python3";

    public string? Data { get; init; }

    /// <summary>One MedTune fit in this process, printed as JSON; what each pair starts.</summary>
    public string? Fit { get; init; }

    /// <summary>Reads the arguments; null when they are not understood.</summary>
    public static PeerArguments? Read(string[] args)
    {
        PeerArguments? arguments = new();
        for (int i = 0; i + 1 < args.Length && arguments is not null; i += 2)
        {
            string value = args[i + 1];
            int number = int.TryParse(value, CultureInfo.InvariantCulture, out int parsed) && parsed > 0 ? parsed : 0;
            arguments = args[i] switch
            {
                "--kinds" => arguments with { Kinds = value.Split(',') },
                "--pairs" when number > 0 => arguments with { Pairs = number },
                "--slow-pairs" when number > 0 => arguments with { SlowPairs = number },
                "--threads" when number > 0 => arguments with { Threads = number },
                "--python" => arguments with { Python = value },
                "--data" => arguments with { Data = value },
                "--fit" => arguments with { Fit = value },
                _ => null,
            };
        }

        return args.Length % 2 == 0 ? arguments : null;
    }
}
