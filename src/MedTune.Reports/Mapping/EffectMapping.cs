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
        var columns = model.Manifest.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return
        [
            .. effects.GroupBy(effect => effect.ClassName ?? "", StringComparer.Ordinal).Select(group => new EffectGroup(
                EffectScale.OddsRatio,
                [.. group.OrderByDescending(effect => Math.Abs(effect.LogOdds)).Take(MostListed).Select(effect => Row(effect, columns.GetValueOrDefault(effect.Column)))])
            {
                ClassName = group.Key,
                Explanation = Explanation(group.Count(), group.Key.Length > 0),
            }),
        ];
    }

    private static EffectRow Row(ModelEffect effect, ManifestColumn? column)
    {
        if (effect.Level is not null)
        {
            return new EffectRow(effect.Label, effect.OddsRatio) { Note = $"against {effect.Against ?? "the average patient"}" };
        }

        if (effect.Scale <= 0)
        {
            return new EffectRow(effect.Label, effect.OddsRatio) { Note = "against the value filled in" };
        }

        if (column is { Minimum: 0, Maximum: 1 })
        {
            return new EffectRow(effect.Label, effect.OddsRatioPerUnit) { Note = "1 against 0" };
        }

        double step = Step(effect.Scale, column);
        string unit = column is { Unit.Length: > 0 } ? " " + column.Unit : "";
        return new EffectRow(effect.Label, effect.OddsRatioOf(step)) { Note = $"for each {NumberText.Number(step)}{unit} more" };
    }

    /// <summary>The round number (1, 2 or 5 times a power of ten) next to a standard deviation; 1 for counts that hardly vary.</summary>
    internal static double Step(double scale, ManifestColumn? column)
    {
        if (scale is > 0.2 and < 1 && column is { Minimum: { } low, Maximum: { } high } && low == Math.Floor(low) && high == Math.Floor(high))
        {
            return 1;
        }

        // Decimal keeps the steps round; the bounds are the geometric means of neighboring steps.
        decimal power = 1;
        double left = scale;
        while (left >= 10 && power < 1e20m)
        {
            (left, power) = (left / 10, power * 10);
        }

        while (left < 1 && power > 1e-20m)
        {
            (left, power) = (left * 10, power / 10);
        }

        return (double)(power * left switch
        {
            < 1.4142 => 1,
            < 3.1623 => 2,
            < 7.0711 => 5,
            _ => 10,
        });
    }

    private static string Explanation(int count, bool isSeveral)
    {
        string text = "For patients equal in all other columns. Numbers are compared over a step of about their usual spread. There are no intervals: penalties pull ratios towards 1, and columns that rise and fall together share theirs.";
        text = isSeveral ? $"{text} Odds of this class against the average of all." : text;
        return count > MostListed ? $"{text} The {NumberText.Count(MostListed)} strongest of {NumberText.Count(count)} are listed." : text;
    }
}
