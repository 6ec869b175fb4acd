namespace MedTune;

/// <summary>What a network has learned of DNA without labels, as its file says it, too.</summary>
public sealed record DnaPretrainingResult
{
    /// <summary>The form of what is written down.</summary>
    public int Version { get; init; } = 1;

    /// <summary><see cref="DnaPretrainingOptions.Convolutional"/> or <see cref="DnaPretrainingOptions.Transformer"/>.</summary>
    public required string Model { get; init; }

    /// <summary>Channels of the network.</summary>
    public required int Width { get; init; }

    /// <summary>Letters of the first filters.</summary>
    public required int Motif { get; init; }

    /// <summary>Blocks behind them.</summary>
    public required int Blocks { get; init; }

    /// <summary>Letters pooled into one place.</summary>
    public required int Pool { get; init; }

    /// <summary>Letters of a window.</summary>
    public required int Window { get; init; }

    /// <summary>Windows of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Steps that were made.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps that were planned; more than <see cref="Steps"/> where the time limit ended the run.</summary>
    public required int PlannedSteps { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Known letters of the part that was learned from.</summary>
    public required long Letters { get; init; }

    /// <summary>SHA-256 of all letters, lower-case hexadecimal.</summary>
    public required string GenomeDigest { get; init; }

    /// <summary>Letters that were hidden in windows of the held-out parts.</summary>
    public required long HiddenLetters { get; init; }

    /// <summary>Mean loss of these letters in nats; ln 4 = 1.386 is chance.</summary>
    public required double MaskedLoss { get; init; }

    /// <summary>The share of them whose likeliest letter is right.</summary>
    public required double MaskedAccuracy { get; init; }

    /// <summary>Mean loss of the same letters by a Markov model of order 5, counted in the part that was learned from, which reads the five letters before each as they are.</summary>
    public required double MarkovLoss { get; init; }
}
