using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>
/// Event-free time up to a horizon as an ordinary outcome, where follow-up may end before the event: each row gets a number whose mean in the arm is the area under the arm's
/// Kaplan-Meier curve, and the figures and learners for numbers can be used on it.
/// </summary>
/// <remarks>
/// Inverse-probability-of-censoring weights from the Kaplan-Meier curve of censoring in each arm, events before losses at equal times: Robins and Rotnitzky, in AIDS Epidemiology,
/// 1992, pp. 297-331; the augmentation by the expected rest of the time, Σ Q/G dM: Rubin and van der Laan, Int J Biostat 2007;3:4. Right where follow-up ends
/// independently of the outlook within each arm. Restricted means: Royston and Parmar, BMC Med Res Methodol 2013;13:152.
/// </remarks>
/// <param name="Horizon">In units of time.</param>
/// <param name="Outcomes">One per row, higher is better. Single values may lie outside 0 to the horizon; only means are meaningful.</param>
/// <param name="Arms">What the follow-up of each arm was.</param>
public sealed record RestrictedMeanOutcomes(double Horizon, double[] Outcomes, ImmutableArray<RestrictedMeanArm> Arms)
{
    /// <summary>The outcomes of rows with times to event or end of follow-up.</summary>
    /// <param name="times">One per row, 0 or more.</param>
    /// <param name="hasEvent">Whether the time ends with the event; false: follow-up ended.</param>
    /// <param name="arms">The arm each row received.</param>
    /// <param name="armCount">Each arm must have a row.</param>
    /// <param name="horizon">Above 0; within the follow-up of every arm.</param>
    /// <param name="correction">How the lost are replaced.</param>
    /// <exception cref="InvalidPredictionsException">Lengths differ, a time is not 0 or more, or the follow-up of an arm ends before the horizon.</exception>
    public static RestrictedMeanOutcomes Of(
        double[] times, bool[] hasEvent, int[] arms, int armCount, double horizon, CensoringCorrection correction = CensoringCorrection.Augmented)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(hasEvent);
        ArgumentNullException.ThrowIfNull(arms);
        ArmChecks.Same("arms", arms.Length, times.Length);
        ArmChecks.Same("event marks", hasEvent.Length, times.Length);
        ArmChecks.Arms(arms, armCount);
        ArmChecks.Finite("time", times, 1);
        if (times.Any(time => time < 0) || !(horizon > 0 && double.IsFinite(horizon)))
        {
            throw new InvalidPredictionsException("Times to event must be 0 or more, and the horizon above 0; check the unit and the two columns.");
        }

        double[] outcomes = new double[times.Length];
        RestrictedMeanArm[] found = new RestrictedMeanArm[armCount];
        for (int arm = 0; arm < armCount; arm++)
        {
            int[] own = [.. Enumerable.Range(0, times.Length).Where(row => arms[row] == arm).OrderBy(row => times[row])];
            if (own.Length == 0)
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture, $"No row received arm {arm}, so nothing can be said of its event-free time; leave that arm out."));
            }
            FollowUp followUp = new(Array.ConvertAll(own, row => times[row]), Array.ConvertAll(own, row => hasEvent[row]), horizon);
            if (!followUp.ReachesHorizon)
            {
                throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                    $"The follow-up of arm {arm} ends before the horizon: nobody is left there; choose an earlier horizon."));
            }
            double[] values = followUp.Outcomes(correction);
            for (int i = 0; i < own.Length; i++)
            {
                outcomes[own[i]] = values[i];
            }
            found[arm] = followUp.Summary();
        }
        return new RestrictedMeanOutcomes(horizon, outcomes, [.. found]);
    }
}
