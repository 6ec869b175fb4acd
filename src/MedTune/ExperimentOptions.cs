using MedTune.Data;

namespace MedTune;

/// <summary>What a run needs beside plan and data. Folds, test data and the time limit can change what is computed, the rest cannot.</summary>
public sealed record ExperimentOptions
{
    /// <summary>Fits carried out at a time. Default: one per processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Outer folds to follow exactly; nothing is sealed then.</summary>
    public FoldAssignment? Folds { get; init; }

    /// <summary>Test data given apart; nothing is sealed then.</summary>
    public Dataset? Test { get; init; }

    /// <summary>
    /// After this time no further kind of model is tried; the first is always finished. What was left out stands in the plan of the run,
    /// so that carrying it out again gives the same bytes without a clock. Default: 30 minutes; null for none.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Where finished fits are kept, so that a stopped run can go on; null keeps them in memory.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Whether pictures for the report are made, which change no file that is compared: shown cases, robustness and the like. Default: yes.</summary>
    public bool MakesEvidence { get; init; } = true;
}
