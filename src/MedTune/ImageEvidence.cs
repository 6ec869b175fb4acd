using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune;

/// <summary>What a radiologist asks of a model of pictures: the pictures themselves, where the answers come from, and what makes them fail.</summary>
/// <remarks>Every part may be empty. Pictures are small PNG files without any text in them. The same run gives the same evidence.</remarks>
public sealed record ImageEvidence
{
    /// <summary>What the exclusions left of pictures and patients, step by step.</summary>
    public ImmutableArray<ImageFlowStep> Flow { get; init; } = [];

    /// <summary>What was found in the pictures, and what was done about it.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Some of the pairs of pictures that are the same, or almost.</summary>
    public ImmutableArray<TwinCase> Twins { get; init; } = [];

    /// <summary>What training sees; null where pictures are not changed for training.</summary>
    public ContactSheet? ContactSheet { get; init; }

    /// <summary>Typical cases: right and wrong ones of the middle confidence.</summary>
    public ImmutableArray<PictureCase> Shown { get; init; } = [];

    /// <summary>The most confident of the wrong answers, the worst first.</summary>
    public ImmutableArray<PictureCase> WorstErrors { get; init; } = [];

    /// <summary>Training pictures that are hard to learn, those most worth a second look first.</summary>
    public ImmutableArray<RereadPicture> Reread { get; init; } = [];

    /// <summary>How the model bears a loss of quality; null where that was not found out.</summary>
    public ImageRobustness? Robustness { get; init; }

    /// <summary>How many pictures robustness was measured on when the time was up; null where all that were drawn were measured.</summary>
    public int? RobustnessInTime { get; init; }

    /// <summary>Among how many of the pictures learned from nearest ones were looked for, where the time was up; null for all.</summary>
    public int? NearestInTime { get; init; }

    /// <summary>How many cases are shown, where the time was up before there were more; null for all.</summary>
    public int? CasesInTime { get; init; }

    /// <summary>What can be told without looking at what a picture shows; null where that was not found out.</summary>
    public ShortcutFigures? Shortcuts { get; init; }

    /// <summary>Why there is no Grad-CAM; empty where there is.</summary>
    public string NoGradCam { get; init; } = "";
}
