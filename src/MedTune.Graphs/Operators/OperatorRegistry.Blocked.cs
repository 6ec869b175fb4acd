using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <content>Operators on blocked images, which only <see cref="BlockedLayout"/> writes.</content>
internal static partial class OperatorRegistry
{
    /// <summary>The operators that stand for ONNX ones in the blocked layout; not among <see cref="All"/>, because those are their references.</summary>
    public static ImmutableArray<Operator> Blocked => field.IsDefault
        ? field =
        [
            new ToBlocked(),
            new FromBlocked(),
            new PackFilters(),
            new BlockedConv(),
            new BlockedConvWeightGradient(),
            new BlockedDepthwise(),
            new BlockedDepthwiseWeightGradient(),
            new BlockedSeparable(),
            new BlockedChannelSum(),
            new BlockedMoments(),
            new BlockedNormalization(),
            new BlockedNormalizationFactors(),
            new BlockedNormalizationGradient(),
            new BlockedNormalizationGradientSums(),
            new BlockedNormalizationGradientInput(),
            new BlockedDepthwiseGradient(),
            new BlockedPool(),
            new BlockedGlobalMean(),
            new BlockedGlobalMeanGradient(),
        ]
        : field;
}
