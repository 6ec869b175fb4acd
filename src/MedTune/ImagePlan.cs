using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MedTune.Modalities.Images;

namespace MedTune;

/// <summary>The choices of a run on pictures, beside those that every plan has.</summary>
public sealed record ImagePlan
{
    /// <summary>SHA-256 of the network to begin from; empty to train one from nothing.</summary>
    public string NetworkDigest { get; init; } = "";

    /// <summary>Height and width to which pictures are brought, from 32 to 1024; 0 for those the network was trained with.</summary>
    public int Side { get; init; }

    /// <summary>The value of the network whose maps are the features, such as that of an earlier layer for small objects; empty for what its last linear layer reads.</summary>
    public string Features { get; init; } = "";

    /// <summary>How a map becomes features: <c>mean</c>, or <c>mean-and-max</c>, which keeps what a single small object adds.</summary>
    public string Pooling { get; init; } = MeanPooling;

    /// <summary>
    /// What suits objects that are small in their picture, such as single cells: pictures at side 320, and features from the map before the network's last but one
    /// reduction, means beside largest values.
    /// </summary>
    /// <exception cref="Prediction.ModelFileException">The network has no such map, or there is none to begin from.</exception>
    internal ImagePlan ForSmallObjects()
    {
        var network = Network ?? throw new Prediction.ModelFileException("Small objects are looked for on an earlier map of a pretrained network; give one with --from.");
        var maps = FeaturePooling.Maps(network.BackboneOf(new ImagePlan { Side = SmallObjectSide }));
        return this with { Side = SmallObjectSide, Pooling = MaxPooling, Features = maps.Length > 1 ? maps[1] : maps[0] };
    }

    internal const int SmallObjectSide = 320;
    internal const string MeanPooling = "mean";
    internal const string MaxPooling = "mean-and-max";

    /// <summary>How pictures are changed while the network is trained: the name of a preset (<c>medtune train --help</c> lists them).</summary>
    public string Augmentation { get; init; } = "general";

    /// <summary>Views of each picture beside itself over which the finished model averages (test-time augmentation): <c>mirrored</c>, <c>flipped</c>, <c>turned</c>, <c>closer</c>. Default: none.</summary>
    public ImmutableArray<string> Views { get; init; } = [];

    /// <summary>
    /// Forms of each picture that linear heads on frozen features learn from, 1 to 64: itself, and changed ones as the augmentation has them. Default 1: itself alone. What a head
    /// says is always of the picture as it is.
    /// </summary>
    public int HeadVariants { get; init; } = 1;

    /// <summary>How the network is fine-tuned.</summary>
    public FineTuningRecipe Recipe { get; init; } = new();

    /// <summary>Share of the pictures to learn from that fine-tuning is followed on, where the data have no part <c>val</c>; from 0.05 to 0.5.</summary>
    public double CheckedShare { get; init; } = 0.15;

    /// <summary>Epochs after which fine-tuning ends although the plan has more, because the time was up when the plan was carried out first; null for no such end.</summary>
    public int? EpochsInTime { get; init; }

    /// <summary>How many recipes were drawn and tried: fewer than the plan's search where the time was up; null for all.</summary>
    public int? TrialsInTime { get; init; }

    /// <summary>How many of the outer folds are judged: fewer than there are where the time was up; null for all.</summary>
    public int? FoldsInTime { get; init; }

    /// <summary>How many pictures robustness is measured on: fewer than there would be where the time was up, 0 for none; null for all.</summary>
    public int? RobustnessInTime { get; init; }

    /// <summary>
    /// How many pictures each linear head is fitted to: fewer than there are where heads on all of them would have taken more than a third of the time; null for all. What a head
    /// says of every picture is still found out of fold.
    /// </summary>
    public int? HeadPicturesInTime { get; init; }

    /// <summary>Among how many of the pictures learned from the nearest to a shown one are looked for: fewer than there are where the time was up; null for all.</summary>
    public int? NearestInTime { get; init; }

    /// <summary>How many cases are shown with maps of where the answer comes from: fewer than there would be where the time was up; null for all.</summary>
    public int? CasesInTime { get; init; }

    /// <summary>Whether a clock has cut anything, so that carrying the plan out again needs none.</summary>
    internal bool IsCut => EpochsInTime is not null || TrialsInTime is not null || FoldsInTime is not null || RobustnessInTime is not null
        || HeadPicturesInTime is not null || NearestInTime is not null || CasesInTime is not null;

    /// <summary>The name of the network to begin from; empty without one.</summary>
    public string NetworkName { get; init; } = "";

    /// <summary>What that network expects of an image; null without one.</summary>
    public InputNormalization? NetworkInput { get; init; }

    /// <summary>The network to begin from; null to train one from nothing. Setting it sets its digest, name and input.</summary>
    [JsonIgnore]
    public PretrainedNetwork? Network
    {
        get;
        init
        {
            field = value;
            (NetworkDigest, NetworkName, NetworkInput) = (value?.Digest ?? "", value?.Name ?? "", value?.Normalization);
        }
    }
}
