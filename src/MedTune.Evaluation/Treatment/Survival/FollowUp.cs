namespace MedTune.Evaluation;

/// <summary>The follow-up of one arm up to a horizon: Kaplan-Meier curves of the event and of being lost (Kaplan and Meier, J Am Stat Assoc 1958;53:457-481).</summary>
internal sealed class FollowUp
{
    private readonly double _horizon;
    private readonly double[] _times;
    private readonly bool[] _isLost;
    private readonly int _events;

    /// <summary>The distinct times before the horizon, with what happens at each.</summary>
    private readonly List<Step> _steps = [];

    /// <summary>For each row its step; the number of steps for rows followed to the horizon.</summary>
    private readonly int[] _stepOf;

    /// <summary>Reads rows sorted by time.</summary>
    public FollowUp(double[] times, bool[] hasEvent, double horizon)
    {
        _horizon = horizon;
        _times = times;
        _isLost = [.. times.Select((time, i) => time < horizon && !hasEvent[i])];
        _events = times.Where((time, i) => time < horizon && hasEvent[i]).Count();
        _stepOf = new int[times.Length];
        double survival = 1;
        double followed = 1;
        int row = 0;
        while (row < times.Length && times[row] < horizon)
        {
            double atRisk = times.Length - row;
            int start = row;
            int events = 0;
            for (; row < times.Length && times[row] == times[start]; row++)
            {
                events += hasEvent[row] ? 1 : 0;
                _stepOf[row] = _steps.Count;
            }
            double lost = row - start - events;

            // Those with the event at this time can no longer be lost at it.
            double hazard = lost == 0 ? 0 : lost / (atRisk - events);
            double before = followed;
            survival *= 1 - (events / atRisk);
            followed *= 1 - hazard;
            ReachesHorizon &= hazard < 1;
            _steps.Add(new Step(times[start], survival, before, followed, hazard));
        }
        _stepOf.AsSpan(row).Fill(_steps.Count);
    }

    /// <summary>Whether anyone could still be followed at the horizon.</summary>
    public bool ReachesHorizon { get; } = true;

    /// <summary>The outcomes in the order of the rows.</summary>
    public double[] Outcomes(CensoringCorrection correction)
    {
        double[] drift = Drift(out double[] expected);
        double[] outcomes = new double[_times.Length];
        for (int row = 0; row < outcomes.Length; row++)
        {
            int step = _stepOf[row];
            outcomes[row] = _isLost[row] ? 0 : Math.Min(_times[row], _horizon) / FollowedBefore(step);
            if (correction == CensoringCorrection.Augmented)
            {
                // A row with the event at a time is not at risk of being lost at it.
                outcomes[row] += _isLost[row] ? (expected[step] / _steps[step].Followed) - drift[step + 1] : -drift[step];
            }
        }
        return outcomes;
    }

    /// <summary>The figures of the arm.</summary>
    public RestrictedMeanArm Summary()
    {
        int lost = _isLost.Count(one => one);
        double followed = FollowedBefore(_steps.Count);
        double last = _steps.Count == 0 ? 1 : Enumerable.Range(0, _times.Length).Where(row => !_isLost[row]).Select(row => 1 / FollowedBefore(_stepOf[row])).DefaultIfEmpty(1).Max();
        return new RestrictedMeanArm(_times.Length, _events, lost, _stepOf.Count(step => step == _steps.Count), AreaFrom(0)[0], followed, last);
    }

    private double FollowedBefore(int step) => step < _steps.Count ? _steps[step].FollowedBefore : step == 0 ? 1 : _steps[^1].Followed;

    /// <summary>Σ Q/G dΛ over the steps before each: what the rows at risk pay for the expected rest of those lost. Q is the expected restricted time of rows alive after a step.</summary>
    private double[] Drift(out double[] expected)
    {
        double[] areas = AreaFrom(1);
        expected = new double[_steps.Count];
        double[] drift = new double[_steps.Count + 1];
        for (int step = 0; step < _steps.Count; step++)
        {
            Step own = _steps[step];
            expected[step] = own.Survival > 0 ? own.Time + (areas[step] / own.Survival) : own.Time;
            drift[step + 1] = drift[step] + (own.Hazard == 0 ? 0 : expected[step] / own.Followed * own.Hazard);
        }
        return drift;
    }

    /// <summary>The area under the survival curve to the horizon, from 0 first where <paramref name="skip"/> is 0, then from each step.</summary>
    private double[] AreaFrom(int skip)
    {
        double[] areas = new double[_steps.Count + 1];
        double area = 0;
        double end = _horizon;
        for (int step = _steps.Count - 1; step >= 0; step--)
        {
            area += _steps[step].Survival * (end - _steps[step].Time);
            areas[step + 1] = area;
            end = _steps[step].Time;
        }
        areas[0] = area + end;
        return areas[skip..];
    }

    /// <summary>One distinct time: survival after it, the chance of being followed before and after it, and the share lost at it.</summary>
    private readonly record struct Step(double Time, double Survival, double FollowedBefore, double Followed, double Hazard);
}
