using System.Collections.Immutable;

namespace MedTune.Modalities.Tabular;

/// <summary>What the report says of each setting of a candidate.</summary>
internal static class SettingTrail
{
    /// <summary>Every setting, in the order of the candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="index">Its place among the candidates.</param>
    /// <param name="result">What validation found.</param>
    public static ImmutableArray<TriedSetting> Of(Candidate candidate, int index, NestedValidationResult result)
    {
        var final = result.Final.Scores[index];
        if (final.SettingErrors.IsEmpty)
        {
            return [];
        }

        return
        [
            .. candidate.Settings.Select((text, setting) => new TriedSetting(
                text,
                candidate.Values(setting).Pairs,
                CandidateFamily.MemberOf(candidate, setting).Member.Draw >= 0,
                final.SettingLosses[setting],
                final.SettingErrors[setting],
                final.Setting == setting,
                [.. result.Folds.Select(fold => fold.Choice.Scores[index].SettingLosses[setting])],
                [.. result.Folds.Where(fold => fold.Choice.Scores[index].Setting == setting).Select(fold => fold.Fold)])),
        ];
    }
}
