using MedTune.Data;

namespace MedTune;

/// <summary>What a run needs beside plan and data. None of it but <see cref="Folds"/> and <see cref="Test"/> changes a result.</summary>
public sealed record ExperimentOptions
{
    /// <summary>Fits carried out at a time. Default: one per processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Outer folds to follow exactly; nothing is sealed then.</summary>
    public FoldAssignment? Folds { get; init; }

    /// <summary>Test data given apart; nothing is sealed then.</summary>
    public Dataset? Test { get; init; }

    /// <summary>Where finished fits are kept, so that a stopped run can go on; null keeps them in memory.</summary>
    public string? CheckpointFolder { get; init; }
}
