using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Observed against predicted risk: ten groups of about equal size, and a smooth curve.</summary>
public sealed class CalibrationCurve
{
    /// <summary>Groups asked for; ties can make them fewer.</summary>
    public const int GroupCount = 10;

    private CalibrationCurve(ImmutableArray<CalibrationGroup> groups, ImmutableArray<CalibrationPoint> smooth, string method)
    {
        Groups = groups;
        Smooth = smooth;
        Method = method;
    }

    /// <summary>Ascending in predicted probability.</summary>
    public ImmutableArray<CalibrationGroup> Groups { get; }

    /// <summary>Ascending in predicted probability. Empty with fewer than 20 rows or when all predictions are equal.</summary>
    public ImmutableArray<CalibrationPoint> Smooth { get; }

    /// <summary>How the smooth curve and its band were made.</summary>
    public string Method { get; }

    internal static CalibrationCurve Of(BinarySample rows, EvaluationOptions options)
    {
        ImmutableArray<CalibrationGroup>.Builder groups = ImmutableArray.CreateBuilder<CalibrationGroup>();
        foreach ((int start, int end) in QuantileGroups.Of(rows, GroupCount))
        {
            groups.Add(Group(rows, start, end, options));
        }
        return new CalibrationCurve(groups.ToImmutable(), CalibrationSmoother.Of(rows, options), CalibrationSmoother.Method(rows, options));
    }

    private static CalibrationGroup Group(BinarySample rows, int start, int end, EvaluationOptions options)
    {
        double predicted = 0;
        int positives = 0;
        HashSet<int> patients = [];
        for (int i = start; i < end; i++)
        {
            predicted += rows.Probabilities[i];
            positives += rows.Targets[i];
            patients.Add(rows.Units[i]);
        }
        int count = end - start;
        double share = (double)positives / count;

        // Rows of one patient tell less than rows of many: the cautious count is that of the patients.
        Interval interval = WilsonInterval.Of(share, patients.Count, options);
        interval = patients.Count < count ? interval with { Method = interval.Method + " on the number of patients" } : interval;
        return new CalibrationGroup(count, positives, predicted / count, interval.Around(share));
    }
}
