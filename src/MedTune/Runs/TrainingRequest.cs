using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune;

/// <summary>What <c>medtune train</c> was asked for: files and options, before a plan is made of them.</summary>
public sealed record TrainingRequest
{
    /// <summary>The data: a table's file, or pictures (a folder, a manifest or an archive).</summary>
    public required string DataPath { get; init; }

    /// <summary>How to read it: target, dropped columns, missing markers, patients ...</summary>
    public required DatasetOptions Data { get; init; }

    /// <summary>A file with columns <c>row</c> and <c>fold</c> to follow exactly; null to make folds.</summary>
    public string? FoldsPath { get; init; }

    /// <summary>Test data given apart; null to seal a part.</summary>
    public string? TestPath { get; init; }

    /// <summary>A plan to carry out; the options below go over it. Null for the default plan.</summary>
    public string? PlanPath { get; init; }

    /// <summary>The model to fine-tune; null to train from the data alone.</summary>
    public ModelFile? From { get; init; }

    /// <summary>The network to fine-tune to pictures; null to train one from nothing, and for tables.</summary>
    public PretrainedNetwork? Network { get; init; }

    /// <summary>A network that learned DNA (a file or folder that <c>medtune pretrain</c> wrote), with which networks for sequences begin; null to begin from nothing.</summary>
    public string? DnaPath { get; init; }

    /// <summary>A reader's answers to <c>hard-examples.csv</c> of an earlier run on these pictures; null for none.</summary>
    public string? CorrectionsPath { get; init; }

    /// <summary>Height and width to which pictures are brought; null for the plan's.</summary>
    public int? Side { get; init; }

    /// <summary>Whether what matters is small in the pictures, such as single cells: more pixels, and features of an earlier map. Default: no, or what the plan says.</summary>
    public bool HasSmallObjects { get; init; }

    /// <summary>How pictures are changed while a network is trained, the name of a preset; null for the plan's.</summary>
    public string? Augmentation { get; init; }

    /// <summary>Views of each picture over which the model averages; empty for the plan's.</summary>
    public ImmutableArray<string> Views { get; init; } = [];

    /// <summary>What of fine-tuning is set otherwise, each <c>NAME=VALUE</c> (see <see cref="RecipeSetting"/>).</summary>
    public ImmutableArray<string> Tune { get; init; } = [];

    /// <summary>Seed; null for the plan's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Fits carried out at a time; changes no result. Default: one per processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Most epochs; null for the plan's.</summary>
    public int? Epochs { get; init; }

    /// <summary>Settings to draw by lot for each kind of model; null for the plan's.</summary>
    public int? Search { get; init; }

    /// <summary>Kinds of model to try; empty for the plan's.</summary>
    public ImmutableArray<string> Models { get; init; } = [];

    /// <summary>Whether each site is left out in turn; null for the plan's.</summary>
    public bool? SiteValidation { get; init; }

    /// <summary>Threshold rule; null for the plan's.</summary>
    public string? Threshold { get; init; }

    /// <summary>After this time no further kind of model is tried. Default: 30 minutes.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Findings that the user accepts, by <c>CODE</c> or <c>CODE:COLUMN</c>, or <c>all</c>.</summary>
    public ImmutableArray<string> Accepted { get; init; } = [];
}
