namespace MedTune;

/// <summary>How a network learns DNA without labels.</summary>
public sealed record DnaPretrainingOptions
{
    /// <summary>A convolutional network.</summary>
    public const string Convolutional = "cnn";

    /// <summary>A small transformer.</summary>
    public const string Transformer = "transformer";

    /// <summary><see cref="Convolutional"/> (default) or <see cref="Transformer"/>.</summary>
    public string Model { get; init; } = Convolutional;

    /// <summary>Letters of a window, a multiple of 4 from 32 to 2048. Default 256.</summary>
    public int Window { get; init; } = 256;

    /// <summary>Windows of a step, 1 to 1024. Default 64.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Steps in all; 0 (default) for as many as show each letter three times, 500 to 20,000.</summary>
    public int Steps { get; init; }

    /// <summary>The highest learning rate (AdamW), above 0. Default 0.002.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>The run's seed. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads; their number changes no bit. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>After this time training ends with what it has learned so far; null (default) for no limit. A run that it ends depends on the machine's speed.</summary>
    public TimeSpan? TimeLimit { get; init; }

    internal void Check()
    {
        if (Model is not (Convolutional or Transformer))
        {
            throw new PlanException($"The model '{Model}' is not known; there are {Convolutional} and {Transformer}.");
        }

        if (Window is < 32 or > 2048 || Window % 4 != 0 || Batch is < 1 or > 1024 || Steps < 0 || !(Rate is > 0 and < 1) || Threads < 1)
        {
            throw new PlanException("A window has 32 to 2048 letters (a multiple of 4), a step 1 to 1024 windows; steps are at least 0, the rate lies between 0 and 1, and threads are at least 1.");
        }
    }
}
