using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>Chooses among candidates and their settings by margins of samples that were not fitted to.</summary>
internal static class Validation
{
    // In standard errors of the paired difference: the best of many draws is partly luck, and on a few hundred samples mostly.
    private const double DrawCaution = 1;

    /// <summary>The best setting and calibration of one candidate.</summary>
    /// <param name="index">The candidate's place.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="margins">Per setting, the margins of all samples.</param>
    /// <param name="classes">Class of each sample.</param>
    /// <param name="folds">Fold of each sample.</param>
    public static CandidateScore Score(
        int index, Candidate candidate, IReadOnlyList<float[]> margins, ReadOnlySpan<int> classes, ReadOnlySpan<int> folds)
    {
        var means = new double[margins.Count];
        var errors = new double[margins.Count];
        for (int setting = 0; setting < means.Length; setting++)
        {
            means[setting] = PointwiseLoss.Mean(margins[setting], classes);
            errors[setting] = StandardError(Losses(margins[setting], classes), means[setting]);
        }

        int best = candidate.SettingCaution > 0 ? Safest(margins, classes, candidate.SettingCaution) : Best(candidate, means, margins, classes);
        var (calibration, losses) = candidate.MayCalibrate
            ? MarginCalibration.Choose(margins[best], classes, folds)
            : (MarginCalibration.None, Losses(margins[best], classes));
        return new CandidateScore(index, best, calibration, [.. losses], margins[best], [.. means]) { SettingErrors = [.. errors] };
    }

    /// <summary>The preferred candidate: the smallest loss, where a candidate that asks for caution must win by a margin of its own.</summary>
    public static CandidateScore Choose(IReadOnlyList<CandidateScore> scores, IReadOnlyList<Candidate> candidates)
    {
        var chosen = scores[0];
        foreach (var score in scores.Skip(1))
        {
            var (mean, error) = PairedDifference.Of(chosen.Losses.AsSpan(), score.Losses.AsSpan());
            if (mean > candidates[score.Candidate].Caution * error)
            {
                chosen = score;
            }
        }

        return chosen;
    }

    /// <summary>The best of the settings that are always tried, unless the best that was drawn beats it by a standard error.</summary>
    private static int Best(Candidate candidate, double[] means, IReadOnlyList<float[]> margins, ReadOnlySpan<int> classes)
    {
        // Settings stand in order of caution, so that an exact tie goes to the stronger penalty.
        int always = candidate.Members.Where(member => member.Draw < 0).Sum(member => member.Settings.Length);
        int best = Array.IndexOf(means, means[..always].Min());
        if (always == means.Length)
        {
            return best;
        }

        int drawn = Array.IndexOf(means, means[always..].Min(), always);
        var (gain, error) = PairedDifference.Of(Losses(margins[best], classes), Losses(margins[drawn], classes));
        return gain > DrawCaution * error ? drawn : best;
    }

    /// <summary>From the safest setting on, each that beats the one preferred so far by enough standard errors.</summary>
    private static int Safest(IReadOnlyList<float[]> margins, ReadOnlySpan<int> classes, double caution)
    {
        int best = 0;
        double[] losses = Losses(margins[0], classes);
        for (int setting = 1; setting < margins.Count; setting++)
        {
            double[] own = Losses(margins[setting], classes);
            var (gain, error) = PairedDifference.Of(losses, own);
            if (gain > caution * error)
            {
                (best, losses) = (setting, own);
            }
        }

        return best;
    }

    private static double StandardError(double[] losses, double mean)
    {
        double squares = 0;
        foreach (double loss in losses)
        {
            squares += (loss - mean) * (loss - mean);
        }

        return losses.Length < 2 ? double.NaN : Math.Sqrt(squares / (losses.Length - 1) / losses.Length);
    }

    private static double[] Losses(float[] margins, ReadOnlySpan<int> classes)
    {
        int width = margins.Length / classes.Length;
        var losses = new double[classes.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = PointwiseLoss.Of(margins.AsSpan(i * width, width), classes[i]);
        }

        return losses;
    }
}
