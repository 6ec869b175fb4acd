using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>The effect by group of predicted effect: sorted group average treatment effects.</summary>
/// <remarks>Chernozhukov, Demirer, Duflo and Fernández-Val, "Generic machine learning inference on heterogeneous treatment effects", NBER 24678. No figure depends on the order of the rows.</remarks>
public sealed class EffectGroups
{
    private EffectGroups(ImmutableArray<EffectGroup> groups, EffectEstimate highestMinusLowest)
    {
        Groups = groups;
        HighestMinusLowest = highestMinusLowest;
    }

    /// <summary>By rising predicted effect; fewer than asked for where predictions are equal.</summary>
    public ImmutableArray<EffectGroup> Groups { get; }

    /// <summary>How much more the group with the highest predicted effects gains than the one with the lowest; undefined with one group.</summary>
    public EffectEstimate HighestMinusLowest { get; }

    /// <summary>The groups of held-out rows.</summary>
    /// <param name="scores">At least one row.</param>
    /// <param name="predictedEffects">One per row, finite; from models that saw none of these patients.</param>
    /// <param name="groups">How many of about equal size, two or more. Equal predictions stay together.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The scores cannot be evaluated, or there is not one finite prediction per row.</exception>
    public static EffectGroups Of(EffectScores scores, double[] predictedEffects, int groups = 5, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(predictedEffects);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        options ??= EvaluationOptions.Default;
        options.Check();
        scores.Check();
        ArmChecks.Same("predicted effects", predictedEffects.Length, scores.Count);
        ArmChecks.Finite("predicted effect", predictedEffects, 1);

        CanonicalRows rows = CanonicalRows.Of(scores.Groups, [predictedEffects, scores.Values]);
        double[] predicted = rows.Take(predictedEffects);
        List<(int Start, int End)> parts = Parts(predicted, groups);
        EffectGroup[] found = [.. parts.Select(part => Group(part.Start, part.End))];
        return new EffectGroups([.. found], Difference(rows, rows.Take(scores.Values), parts, options));

        EffectGroup Group(int start, int end)
        {
            EffectScores own = scores.Subset(rows.Order[start..end]);
            EffectEstimate effect = AverageEffect.Of(own, null, options);
            return new EffectGroup(
                end - start, effect.Patients, predicted[start], predicted[end - 1], MeanInterval.Mean(predicted.AsSpan(start, end - start)), effect);
        }
    }

    /// <summary>A run of equal predictions goes where its middle falls.</summary>
    private static List<(int Start, int End)> Parts(double[] sorted, int groups)
    {
        List<(int Start, int End)> parts = [];
        int last = -1;
        int end;
        for (int start = 0; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
            }
            int group = (int)((long)groups * (start + end) / (2L * sorted.Length));
            if (group == last)
            {
                parts[^1] = (parts[^1].Start, end);
            }
            else
            {
                parts.Add((start, end));
                last = group;
            }
        }
        return parts;
    }

    private static EffectEstimate Difference(CanonicalRows rows, double[] scores, List<(int Start, int End)> parts, EvaluationOptions options)
    {
        if (parts.Count < 2)
        {
            Estimate none = Estimate.Undefined("undefined: the predicted effects do not differ");
            return new EffectEstimate(none, double.NaN, double.NaN, double.NaN, rows.Count, rows.UnitCount);
        }
        double[] influences = new double[rows.Count];
        double low = Spread(parts[0], -1);
        double high = Spread(parts[^1], 1);
        return rows.Estimate(high - low, influences, options);

        double Spread((int Start, int End) part, double sign)
        {
            int count = part.End - part.Start;
            double mean = MeanInterval.Mean(scores.AsSpan(part.Start, count));
            for (int i = part.Start; i < part.End; i++)
            {
                influences[i] = sign * (scores[i] - mean) / count;
            }
            return mean;
        }
    }
}
