using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The effects of a linear model's columns.</summary>
internal static class EffectMapping
{
    // Beyond this, effects are too small to read anything from, and a page with thousands of rows opens slowly.
    private const int MostListed = 200;

    public static IReadOnlyList<EffectGroup> Of(ModelFile model)
    {
        var effects = ModelEffects.Of(model);
        return
        [
            .. effects.GroupBy(effect => effect.ClassName ?? "", StringComparer.Ordinal).Select(group => new EffectGroup(
                EffectScale.OddsRatio,
                [.. group.OrderByDescending(effect => Math.Abs(effect.LogOdds)).Take(MostListed).Select(Row)])
            {
                ClassName = group.Key,
                Explanation = Explanation(group.Count(), group.Key.Length > 0),
            }),
        ];
    }

    private static EffectRow Row(ModelEffect effect)
    {
        if (effect.Level is not null)
        {
            return new EffectRow(effect.Label, effect.OddsRatio) { Note = $"against {effect.Against ?? "the average patient"}" };
        }

        return effect.Scale > 0
            ? new EffectRow(effect.Label, effect.OddsRatio)
            {
                Note = $"per {Measure(effect.Scale)} more (one standard deviation); {OfUnit(effect)} for each 1 more",
            }
            : new EffectRow(effect.Label, effect.OddsRatio) { Note = "missing against filled in" };
    }

    /// <summary>A spread in the column's own unit, to two significant figures.</summary>
    private static string Measure(double scale) => scale switch
    {
        >= 1000 => NumberText.Decimal(scale, 0),
        >= 10 => NumberText.Decimal(scale, 0),
        >= 1 => NumberText.Decimal(scale, 1),
        >= 0.1 => NumberText.Decimal(scale, 2),
        _ => NumberText.Decimal(scale, 3),
    };

    private static string OfUnit(ModelEffect effect)
    {
        // A column measured in thousandths or in hundreds has an odds ratio per unit that no decimal can show.
        double ratio = effect.OddsRatioPerUnit;
        return ratio is > 0.001 and < 1000 ? NumberText.Decimal(ratio, Math.Abs(ratio - 1) < 0.01 ? 4 : 2) : "beyond measure";
    }

    private static string Explanation(int count, bool isSeveral)
    {
        string text = "The other columns being equal. Penalties pull ratios towards 1, and columns that rise and fall together share theirs, so there are no intervals.";
        text = isSeveral ? $"{text} Odds of this class against the average of all." : text;
        return count > MostListed ? $"{text} The {NumberText.Count(MostListed)} strongest of {NumberText.Count(count)} are listed." : text;
    }
}
