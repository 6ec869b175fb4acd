using System.Collections.Immutable;

namespace MedTune;

/// <summary>What the columns add to the answers of a model, over many samples: log-odds, against the reference of the method.</summary>
/// <param name="Part">Where the samples are from: <c>test</c>, or <c>train</c> where nothing was sealed or given apart.</param>
/// <param name="Samples">How many samples were looked at.</param>
/// <param name="Of">How many the part has; where there are more, the samples stand evenly spread in the order of the file.</param>
/// <param name="Method">How contributions were found.</param>
/// <param name="Columns">The columns, the weightiest first.</param>
/// <param name="Examples">The samples with the lowest, the middle and the highest risk; for several classes the surest answers of the classes answered most.</param>
public sealed record ContributionSummary(
    string Part, int Samples, int Of, string Method, ImmutableArray<ColumnContributions> Columns, ImmutableArray<ExampleContributions> Examples)
{
    /// <summary>Whether the log-odds are those of the answer itself, as for models moved to other data; else they are those before calibration.</summary>
    public bool IsCalibrated { get; init; }
}
