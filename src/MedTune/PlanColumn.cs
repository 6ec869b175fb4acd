using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune;

/// <summary>How one column enters the model.</summary>
/// <param name="Name">The column.</param>
/// <param name="Use"><c>number</c>, <c>category</c> (texts), <c>coded</c> (numbers that stand for levels) or <c>left out</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record PlanColumn(string Name, string Use, string Reason)
{
    internal const string Number = "number";
    internal const string Category = "category";
    internal const string Coded = "coded";
    internal const string LeftOut = "left out";

    /// <summary>The use of every column of a dataset: features by their kind, all others left out with the reason.</summary>
    internal static ImmutableArray<PlanColumn> For(Dataset dataset)
    {
        var features = dataset.Features.ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        return
        [
            .. dataset.Profiles.Select(profile => features.TryGetValue(profile.Name, out var feature)
                ? new PlanColumn(profile.Name, UseOf(feature), ReasonOf(feature))
                : new PlanColumn(profile.Name, LeftOut, profile.Role == ColumnRole.Feature ? profile.WhyKind : profile.Role.ToString().ToLowerInvariant())),
        ];
    }

    private static string UseOf(FeatureColumn feature) => feature switch
    {
        NumberColumn { IsCategory: true } => Coded,
        NumberColumn { Profile.LooksCoded: true } => Coded,
        NumberColumn => Number,
        _ => Category,
    };

    private static string ReasonOf(FeatureColumn feature) => feature is NumberColumn { IsCategory: false, Profile.LooksCoded: true }
        ? "few different whole numbers: taken as codes, each with a weight of its own"
        : feature.Profile.WhyKind;
}
