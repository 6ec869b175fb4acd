using System.Collections.Immutable;
using System.Globalization;

using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>Does a ranking of patients find those who benefit more? The targeting operator characteristic and the two rank-weighted average effects under it.</summary>
/// <remarks>
/// Yadlowsky, Fleming, Shah, Brunskill and Wager, "Evaluating treatment prioritization rules via rank-weighted average treatment effects", J Am Stat Assoc
/// 2025;120:38-51: scores of held-out rows, ties in priority sharing their mean score. Standard errors are the spread of the figures over resamples of patients. The priorities
/// must come from models that saw none of these patients. No figure depends on the order of the rows.
/// </remarks>
public sealed class TargetingCurve
{
    private const int Steps = 20;

    private TargetingCurve(EffectEstimate autoc, EffectEstimate qini, ImmutableArray<TargetingPoint> points)
    {
        Autoc = autoc;
        Qini = qini;
        Points = points;
    }

    /// <summary>The area under the curve: weighs the first treated most, so it finds a benefit of few. 0 for a ranking that tells nothing.</summary>
    public EffectEstimate Autoc { get; }

    /// <summary>The area under q TOC(q): weighs all shares alike, so it finds a benefit spread over many.</summary>
    public EffectEstimate Qini { get; }

    /// <summary>The curve at twenty equal steps of the share, the last being all rows.</summary>
    public ImmutableArray<TargetingPoint> Points { get; }

    /// <summary>The curve of a ranking.</summary>
    /// <param name="scores">Doubly robust scores of the effect of the treatment the ranking is for; at least one row.</param>
    /// <param name="priorities">One per row, finite; who has the highest is treated first. Predicted effects, as a rule.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <param name="resampling">How the standard errors are found.</param>
    /// <exception cref="InvalidPredictionsException">The scores cannot be evaluated, or there is not one finite priority per row.</exception>
    public static TargetingCurve Of(
        EffectScores scores, double[] priorities, EvaluationOptions? options = null, RankingResampling resampling = RankingResampling.HalfSample)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(priorities);
        options ??= EvaluationOptions.Default;
        options.Check();
        scores.Check();
        ArmChecks.Same("priorities", priorities.Length, scores.Count);
        ArmChecks.Finite("priority", priorities, 1);

        RankedScores ranked = new(scores, priorities, [.. Enumerable.Range(1, Steps - 1).Select(step => (double)step / Steps)]);
        double[] values = new double[ranked.Outputs];
        int[] once = new int[ranked.Rows.UnitCount];
        Array.Fill(once, 1);
        ranked.Measure(once, values);
        if (ranked.IsConstant)
        {
            Array.Clear(values);
        }
        int resamples = options.ResamplesFor(scores.Count);
        double[] errors = ranked.IsConstant ? new double[values.Length] : Errors(ranked, resamples, resampling, options);
        string drawn = (resampling, ranked.Rows.IsClustered) switch
        {
            (RankingResampling.HalfSample, false) => "half-samples of rows",
            (RankingResampling.HalfSample, true) => "half-samples of patients",
            (_, false) => "bootstrap samples of rows",
            _ => "bootstrap samples of patients",
        };
        string how = string.Create(CultureInfo.InvariantCulture, $"normal interval, {resamples} {drawn}");
        EffectEstimate[] figures =
        [
            .. values.Select((value, i) => EffectEstimates.Normal(value, errors[i], scores.Count, ranked.Rows.UnitCount, how, options)),
        ];
        TargetingPoint all = new(1, Estimate.WithoutInterval(0, "no interval: treating all has no advantage over treating all"));
        return new TargetingCurve(
            figures[0], figures[1], [.. figures.Skip(2).Select((figure, i) => new TargetingPoint((i + 1.0) / Steps, figure.Figure)), all]);
    }

    private static double[] Errors(RankedScores ranked, int resamples, RankingResampling resampling, EvaluationOptions options)
    {
        int units = ranked.Rows.UnitCount;
        if (units < 2)
        {
            return [.. Enumerable.Repeat(double.NaN, ranked.Outputs)];
        }
        if (resampling == RankingResampling.Bootstrap)
        {
            return [.. Bootstrap.Replicates(options.Seed, units, resamples, ranked.Outputs, ranked.Measure).Select(Spread)];
        }

        // Among u units, half-samples of h vary like samples of h shrunk by 1 - h/u: for h = u/2 their variance is that of the whole.
        int half = units / 2;
        double scale = Math.Sqrt((double)half / (units - half));
        return [.. HalfSamples(ranked, units, half, resamples, options.Seed).Select(figures => scale * Spread(figures))];
    }

    private static double[][] HalfSamples(RankedScores ranked, int units, int half, int resamples, ulong seed)
    {
        double[][] replicates = [.. Enumerable.Range(0, ranked.Outputs).Select(_ => new double[resamples])];
        double[] figures = new double[ranked.Outputs];
        int[] items = new int[units];
        int[] counts = new int[units];
        for (int resample = 0; resample < resamples; resample++)
        {
            Philox random = new(seed, RandomPurpose.Bootstrap, (ulong)resample);
            for (int unit = 0; unit < units; unit++)
            {
                items[unit] = unit;
            }
            counts.AsSpan().Clear();
            for (int drawn = 0; drawn < half; drawn++)
            {
                int other = drawn + random.Below(units - drawn, (ulong)drawn);
                (items[drawn], items[other]) = (items[other], items[drawn]);
                counts[items[drawn]] = 1;
            }
            ranked.Measure(counts, figures);
            for (int output = 0; output < figures.Length; output++)
            {
                replicates[output][resample] = figures[output];
            }
        }
        return replicates;
    }

    private static double Spread(double[] figures)
    {
        double mean = MeanInterval.Mean(figures);
        double squares = 0;
        foreach (double figure in figures)
        {
            squares += (figure - mean) * (figure - mean);
        }
        return Math.Sqrt(squares / (figures.Length - 1));
    }
}
