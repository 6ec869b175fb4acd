using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>What treating by a rule is worth: the mean outcome were every row given the arm the rule chooses, against treating none, all, and at random.</summary>
/// <remarks>
/// The doubly robust value of Athey and Wager, Econometrica 2021;89:133-161: the mean over rows of the score of the chosen arm. Rules fitted on the same rows look better than
/// they are: use held-out rows. No figure depends on the order of the rows.
/// </remarks>
public sealed class PolicyValue
{
    private PolicyValue(EffectEstimate value, ImmutableArray<double> shares, ImmutableArray<PolicyAlternative> alternatives)
    {
        Value = value;
        ArmShares = shares;
        Alternatives = alternatives;
    }

    /// <summary>The mean outcome under the rule. Its p-values, against an outcome of 0, say nothing.</summary>
    public EffectEstimate Value { get; }

    /// <summary>The share of rows given each arm by the rule.</summary>
    public ImmutableArray<double> ArmShares { get; }

    /// <summary>One of kind <see cref="PolicyAlternativeKind.OneArm"/> for each arm in order, then the best arm, then at random.</summary>
    public ImmutableArray<PolicyAlternative> Alternatives { get; }

    /// <summary>The alternative of giving one arm to everyone.</summary>
    /// <param name="arm">From 0: treating none.</param>
    public PolicyAlternative AgainstArm(int arm) => Alternatives[arm];

    /// <summary>The alternative of giving everyone the arm that is best on average.</summary>
    public PolicyAlternative AgainstBestArm => Alternatives[^2];

    /// <summary>The alternative of giving out the same shares at random.</summary>
    public PolicyAlternative AgainstRandom => Alternatives[^1];

    /// <summary>The value of a rule.</summary>
    /// <param name="scores">Of held-out rows.</param>
    /// <param name="chosenArms">The arm the rule gives each row.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">Not one existing arm per row.</exception>
    public static PolicyValue Of(DoublyRobustScores scores, int[] chosenArms, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(chosenArms);
        options ??= EvaluationOptions.Default;
        options.Check();
        ArmChecks.Same("chosen arms", chosenArms.Length, scores.Count);
        ArmChecks.Arms(chosenArms, scores.ArmCount);
        if (scores.Count == 0)
        {
            throw new InvalidPredictionsException("There is nothing to evaluate: there are no doubly robust scores.");
        }

        double[][] byArm = [.. Enumerable.Range(0, scores.ArmCount).Select(arm => scores.OfArm(arm).Values)];
        CanonicalRows rows = CanonicalRows.Of(scores.Groups, [Array.ConvertAll(chosenArms, arm => (double)arm), .. byArm]);
        return new RuleFigures(rows, [.. byArm.Select(rows.Take)], rows.Take(chosenArms), options).Figures((value, shares, alternatives) => new PolicyValue(value, shares, alternatives));
    }

    /// <summary>The figures of one rule, from rows in canonical order.</summary>
    private sealed class RuleFigures(CanonicalRows rows, double[][] byArm, int[] chosen, EvaluationOptions options)
    {
        private readonly int _count = rows.Count;
        private readonly double[] _own = [.. chosen.Select((arm, i) => byArm[arm][i])];

        public PolicyValue Figures(Func<EffectEstimate, ImmutableArray<double>, ImmutableArray<PolicyAlternative>, PolicyValue> make)
        {
            double[] means = Array.ConvertAll(byArm, scores => MeanInterval.Mean(scores));
            double[] shares = [.. means.Select((_, arm) => chosen.Count(own => own == arm) / (double)_count)];
            int best = Array.IndexOf(means, means.Max());
            PolicyAlternative[] arms = [.. byArm.Select((scores, arm) => Against(PolicyAlternativeKind.OneArm, arm, scores))];
            return make(Mean(_own), [.. shares], [.. arms, arms[best] with { Kind = PolicyAlternativeKind.BestArm }, AtRandom(means, shares)]);
        }

        private PolicyAlternative Against(PolicyAlternativeKind kind, int arm, double[] scores) =>
            new(kind, arm, Mean(scores), Mean([.. _own.Select((own, i) => own - scores[i])]));

        /// <summary>The shares are the rule's own, so they too carry an error: row i moves share k by (1{chosen} - share) / n.</summary>
        private PolicyAlternative AtRandom(double[] means, double[] shares)
        {
            double random = means.Select((mean, arm) => mean * shares[arm]).Sum();
            double[] mixed = new double[_count];
            for (int i = 0; i < _count; i++)
            {
                for (int arm = 0; arm < means.Length; arm++)
                {
                    mixed[i] += (shares[arm] * byArm[arm][i]) + (((chosen[i] == arm ? 1 : 0) - shares[arm]) * means[arm]);
                }
            }
            double difference = MeanInterval.Mean(_own) - random;
            return new PolicyAlternative(
                PolicyAlternativeKind.AtRandom,
                -1,
                rows.Estimate(random, [.. mixed.Select(value => (value - random) / _count)], options),
                rows.Estimate(difference, [.. mixed.Select((value, i) => (_own[i] - value - difference) / _count)], options));
        }

        private EffectEstimate Mean(double[] values)
        {
            double mean = MeanInterval.Mean(values);
            return rows.Estimate(mean, [.. values.Select(value => (value - mean) / _count)], options);
        }
    }
}
