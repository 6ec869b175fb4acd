using System.Collections.Immutable;
using MedTune.Data.Augmentation;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>All that evidence about pictures is made from.</summary>
internal sealed record ImageEvidenceInputs
{
    /// <summary>The pictures, with the labels that the run goes by.</summary>
    public required ImageSet Images { get; init; }

    /// <summary>What was found in them; null leaves the flow, the twins and the check for shortcuts out.</summary>
    public ImageInspection? Inspection { get; init; }

    /// <summary>The pictures the model was fitted to, with out-of-fold answers where those judge it.</summary>
    public required EvidencePart Training { get; init; }

    /// <summary>The pictures that judge it; by default those of <see cref="Training"/>.</summary>
    public EvidencePart? Judged { get; init; }

    /// <summary>The model, from pixels to probabilities.</summary>
    public required Graph Graph { get; init; }

    /// <summary>Values of the graph by name; found in it by default.</summary>
    public ImageGraphValues? Values { get; init; }

    /// <summary>From which probability on an answer is yes: one for two classes, one for each finding; .5 where empty.</summary>
    public ImmutableArray<double> Thresholds { get; init; } = [];

    /// <summary>Hard training pictures, by their row in <see cref="Training"/>, the most suspicious first.</summary>
    public ImmutableArray<HardExample> Hard { get; init; } = [];

    /// <summary>How training changes pictures.</summary>
    public AugmentationPolicy Policy { get; init; } = AugmentationPolicy.None;

    /// <summary>The run's seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads; their number changes no bit.</summary>
    public TaskPool Pool { get; init; } = TaskPool.Sequential;

    /// <summary>Whether names of files may be shown; by default not, because they may name patients.</summary>
    public bool ShowsNames { get; init; }

    /// <summary>Pictures that robustness is measured on, at most: each is answered 26 times. 0 leaves it out. Default 200.</summary>
    public int RobustnessPictures { get; init; } = 200;

    /// <summary>How many of these were measured when the time was up, where the plan says so; null for all.</summary>
    public int? RobustnessInTime { get; init; }

    /// <summary>Whether cases and robustness must end now; asked before every picture. By default never.</summary>
    public Func<bool>? TimeIsUp { get; init; }

    /// <summary>What the network sees in a row of <see cref="Judged"/> whose features are not given; null where it cannot be asked.</summary>
    public Func<int, ImageFeatureSet>? Look { get; init; }

    /// <summary>Among how many pictures nearest ones are looked for, where the time was up; null for all.</summary>
    public int? NearestInTime { get; init; }

    /// <summary>How many cases are shown, where the plan says so; null for as many as the time allows.</summary>
    public int? CasesInTime { get; init; }

    /// <summary>Told what is done.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Asked before every picture.</summary>
    public CancellationToken Cancellation { get; init; }
}
