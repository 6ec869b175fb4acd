namespace MedTune.Reports.Wording;

/// <summary>What calibration slope and intercept say, in plain words.</summary>
internal static class CalibrationWords
{
    // Beyond this width of the slope's interval a clean verdict would only mean that there are too few rows to see anything.
    private const double WideSlope = 0.5;

    /// <summary>A finding of a few words; empty when neither slope nor intercept is known.</summary>
    /// <param name="metrics">The metrics of a part.</param>
    /// <param name="nounPlural">What the rows are.</param>
    /// <param name="words">The report's words.</param>
    public static string Finding(IReadOnlyList<MetricRow> metrics, string nounPlural, ReportWords words)
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
        string level = tooHigh ? words.Of("its probabilities are too high on the whole", "预测概率整体偏高")
            : tooLow ? words.Of("its probabilities are too low on the whole", "预测概率整体偏低") : "";
        string spread = tooExtreme
            ? words.Of("high risks come out too high and low risks too low", "高风险偏高、低风险偏低")
            : tooTimid ? words.Of("risks are not spread enough: high ones come out too low and low ones too high", "风险拉开不够：高风险偏低、低风险偏高") : "";
        if (level.Length > 0 || spread.Length > 0)
        {
            return level.Length > 0 && spread.Length > 0 ? words.Of($"{level}, and {spread}", $"{level}，且{spread}") : level + spread;
        }

        bool hasInterval = slope is { } s && !double.IsNaN(s.Low) && !double.IsNaN(s.High);
        if (!hasInterval)
        {
            return words.Of("how well its probabilities hold cannot be told without an interval", "没有置信区间，无法判断预测概率是否准确");
        }

        return slope!.High - slope.Low > WideSlope
            ? words.Of($"its probabilities show no clear error, but there are too few {nounPlural} to rule one out", $"预测概率未见明显误差，但{words.Noun(nounPlural)}过少，不能排除")
            : words.Of("its probabilities agree with what happened", "预测概率与实际相符");
    }

    /// <summary>"calibration slope 0.96, 95% interval 0.71 to 1.21": the figure behind the finding; empty when neither is known.</summary>
    public static string LeadingFigure(IReadOnlyList<MetricRow> metrics, ReportWords words)
    {
        MetricRow? slope = MetricCatalog.Find(metrics, "calibration_slope");
        MetricRow? intercept = MetricCatalog.Find(metrics, "calibration_intercept");
        bool isLevel = intercept is { High: < 0 } or { Low: > 0 };
        if ((isLevel ? intercept : slope ?? intercept) is not { } row)
        {
            return "";
        }

        string interval = words.Interval(row.Low, row.High, NumberStyle.Coarse);
        string name = row == intercept ? words.Of("calibration intercept", "校准截距") : words.Of("calibration slope", "校准斜率");
        string text = $"{name} {NumberText.Decimal(row.Value, 2)}";
        return interval.Length == 0 ? text : words.Of($"{text}, 95% interval {interval}", $"{text}，95% 置信区间 {interval}");
    }

    /// <summary>"slope 0.96 (0.71 to 1.21), intercept 0.04 (-0.52 to 0.61)"; empty when neither is known.</summary>
    public static string Figures(IReadOnlyList<MetricRow> metrics, ReportWords words)
    {
        var parts = new List<string>();
        foreach ((string name, string label) in (ReadOnlySpan<(string, string)>)[("calibration_slope", words.Of("slope", "斜率")), ("calibration_intercept", words.Of("intercept", "截距"))])
        {
            if (MetricCatalog.Find(metrics, name) is { } row)
            {
                parts.Add($"{label} {words.WithInterval(row.Value, row.Low, row.High, NumberStyle.Coarse)}");
            }
        }

        return string.Join(words.Of(", ", "，"), parts);
    }
}
