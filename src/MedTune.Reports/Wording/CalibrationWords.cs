namespace MedTune.Reports.Wording;

/// <summary>What calibration slope and intercept say, in plain words.</summary>
internal static class CalibrationWords
{
    // Beyond this width of the slope's interval a clean verdict would only mean that there are too few rows to see anything.
    private const double WideSlope = 0.5;

    /// <summary>A finding of a few words; empty when neither slope nor intercept is known.</summary>
    /// <param name="metrics">The metrics of a part.</param>
    /// <param name="nounPlural">What the rows are.</param>
    public static string Finding(IReadOnlyList<MetricRow> metrics, string nounPlural)
    {
        MetricRow? slope = MetricCatalog.Find(metrics, "calibration_slope");
        MetricRow? intercept = MetricCatalog.Find(metrics, "calibration_intercept");
        if (slope is null && intercept is null)
        {
            return "";
        }

        bool tooHigh = intercept is { High: < 0 };
        bool tooLow = intercept is { Low: > 0 };
        bool tooExtreme = slope is { High: < 1 };
        bool tooTimid = slope is { Low: > 1 };
        string level = tooHigh ? "its probabilities are too high on the whole" : tooLow ? "its probabilities are too low on the whole" : "";
        string spread = tooExtreme
            ? "high risks come out too high and low risks too low"
            : tooTimid ? "risks are not spread enough: high ones come out too low and low ones too high" : "";
        if (level.Length > 0 || spread.Length > 0)
        {
            return level.Length > 0 && spread.Length > 0 ? $"{level}, and {spread}" : level + spread;
        }

        bool hasInterval = slope is { } s && !double.IsNaN(s.Low) && !double.IsNaN(s.High);
        if (!hasInterval)
        {
            return "how well its probabilities hold cannot be told without an interval";
        }

        return slope!.High - slope.Low > WideSlope
            ? $"its probabilities show no clear error, but there are too few {nounPlural} to rule one out"
            : "its probabilities agree with what happened";
    }

    /// <summary>"calibration slope 0.96, 95% interval 0.71 to 1.21": the figure behind the finding; empty when neither is known.</summary>
    public static string LeadingFigure(IReadOnlyList<MetricRow> metrics)
    {
        MetricRow? slope = MetricCatalog.Find(metrics, "calibration_slope");
        MetricRow? intercept = MetricCatalog.Find(metrics, "calibration_intercept");
        bool isLevel = intercept is { High: < 0 } or { Low: > 0 };
        if ((isLevel ? intercept : slope ?? intercept) is not { } row)
        {
            return "";
        }

        string interval = NumberText.Interval(row.Low, row.High, NumberStyle.Coarse);
        string text = $"calibration {(row == intercept ? "intercept" : "slope")} {NumberText.Decimal(row.Value, 2)}";
        return interval.Length == 0 ? text : $"{text}, 95% interval {interval}";
    }

    /// <summary>"slope 0.96 (0.71 to 1.21), intercept 0.04 (-0.52 to 0.61)"; empty when neither is known.</summary>
    public static string Figures(IReadOnlyList<MetricRow> metrics)
    {
        var parts = new List<string>();
        foreach ((string name, string label) in (ReadOnlySpan<(string, string)>)[("calibration_slope", "slope"), ("calibration_intercept", "intercept")])
        {
            if (MetricCatalog.Find(metrics, name) is { } row)
            {
                parts.Add($"{label} {NumberText.WithInterval(row.Value, row.Low, row.High, NumberStyle.Coarse)}");
            }
        }

        return string.Join(", ", parts);
    }
}
