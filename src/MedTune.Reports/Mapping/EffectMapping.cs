using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The effects of a linear model's columns.</summary>
internal static class EffectMapping
{
    // Beyond this, effects are too small to read anything from, and a page with thousands of rows opens slowly.
    private const int MostListed = 200;

    public static IReadOnlyList<EffectGroup> Of(ModelFile model, ReportWords words)
    {
        var effects = ModelEffects.Of(model);
        var columns = model.Manifest.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return
        [
            .. effects.GroupBy(effect => effect.ClassName ?? "", StringComparer.Ordinal).Select(group => new EffectGroup(
                EffectScale.OddsRatio,
                [.. group.OrderByDescending(effect => Math.Abs(effect.LogOdds)).Take(MostListed).Select(effect => Row(effect, columns.GetValueOrDefault(effect.Column), words))])
            {
                ClassName = group.Key,
                Explanation = Explanation(group.Count(), group.Key.Length > 0, words),
            }),
        ];
    }

    private static EffectRow Row(ModelEffect effect, ManifestColumn? column, ReportWords words)
    {
        if (effect.Level is not null)
        {
            return new EffectRow(effect.Label, effect.OddsRatio) { Note = words.Of($"against {effect.Against ?? "the average patient"}", $"对照：{effect.Against ?? "平均患者"}") };
        }

        if (effect.Scale <= 0)
        {
            return new EffectRow(words.Given(effect.Label), effect.OddsRatio) { Note = words.Of("against the value filled in", "对照：填补值") };
        }

        if (column is { Minimum: 0, Maximum: 1 })
        {
            return new EffectRow(effect.Label, effect.OddsRatioPerUnit) { Note = words.Of("1 against 0", "1 对 0") };
        }

        double step = Step(effect.Scale, column);
        string unit = column is { Unit.Length: > 0 } ? " " + column.Unit : "";
        return new EffectRow(effect.Label, effect.OddsRatioOf(step)) { Note = words.Of($"for each {NumberText.Number(step)}{unit} more", $"每增加 {NumberText.Number(step)}{unit}") };
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

    private static string Explanation(int count, bool isSeveral, ReportWords words)
    {
        string text = words.Of(
            "For patients equal in all other columns. Numbers are compared over a step of about their usual spread. There are no intervals: penalties pull ratios towards 1, and columns that rise and fall together share theirs.",
            "其他变量相同的患者之间比较。数值变量按约等于其通常离散程度的步长比较。不给置信区间：惩罚使比值向 1 收缩，同升同降的变量共同分担效应。");
        text += isSeveral ? words.Of(" Odds of this class against the average of all.", "为该类别相对于所有类别平均的优势。") : "";
        return count > MostListed
            ? text + words.Of($" The {NumberText.Count(MostListed)} strongest of {NumberText.Count(count)} are listed.", $"列出 {NumberText.Count(count)} 项中最强的 {NumberText.Count(MostListed)} 项。")
            : text;
    }
}
