using System.Collections.Immutable;

namespace MedTune.Modalities.Treatment;

/// <summary>What a person says of a table of treated patients.</summary>
/// <param name="Treatment">The column that says what each patient received; two to ten different values.</param>
/// <param name="Outcome">The column of the outcome: numbers, or 0 and 1.</param>
internal sealed record TreatmentColumns(string Treatment, string Outcome)
{
    /// <summary>The value of the treatment column that is the control. Default: the first in order, as numbers where all are.</summary>
    public string? Control { get; init; }

    /// <summary>Of a randomised trial the probability of each arm but the control, all the same. Default: null, propensities are estimated.</summary>
    public double? Propensity { get; init; }

    /// <summary>Whether a lower outcome is the better one; it is then turned round, so that every effect above 0 is a benefit. Default: no.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>Findings that are answered: <c>CODE</c>, <c>CODE:COLUMN</c> or <c>all</c>.</summary>
    public ImmutableArray<string> Accepted { get; init; } = [];
}
