namespace MedTune.Reports.Charts;

/// <summary>The axis of a forest plot: areas on their own range, slopes from 0, ratios on a doubling scale.</summary>
internal sealed class ForestAxis
{
    private readonly EffectAxis? _effects;

    private ForestAxis(EffectAxis? effects, LinearScale scale, IReadOnlyList<double> ticks, IReadOnlyList<string> labels, double reference)
    {
        _effects = effects;
        Scale = scale;
        Ticks = ticks;
        Labels = labels;
        Reference = reference;
    }

    /// <summary>The scale, in the units of <see cref="Position"/>.</summary>
    public LinearScale Scale { get; }

    /// <summary>The ticks, in the units of <see cref="Position"/>.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>What is written at the ticks.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The ideal value; NaN where it is the end of the range.</summary>
    public double Reference { get; }

    /// <summary>The axis for a figure of the sites.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="rows">The values with their intervals, the mean's among them; what a further site can expect may reach beyond.</param>
    public static ForestAxis For(string metric, IReadOnlyList<EffectRow> rows)
    {
        if (metric == "auroc")
        {
            double[] values = [.. rows.SelectMany(row => new[] { row.Value, row.Low, row.High }).Where(double.IsFinite)];
            (double low, double high) = values.Length == 0 ? (0, 1) : TickMarks.Around(values.Min(), values.Max(), 5);
            IReadOnlyList<double> ticks = TickMarks.Between(low, high, 5);
            return new ForestAxis(null, new LinearScale(low, high, 3, 97), ticks, [.. ticks.Select(tick => Wording.NumberText.Number(tick))], double.NaN);
        }

        bool isRatio = metric == "observed_expected_ratio";
        var axis = EffectAxis.For(isRatio ? EffectScale.OddsRatio : EffectScale.LogOdds, rows);
        return new ForestAxis(axis, axis.Scale, axis.Ticks, axis.Labels, axis.Position(1));
    }

    /// <summary>Where a value lies on the axis.</summary>
    public double Position(double value) => _effects?.Position(value) ?? value;
}
