namespace MedTune.Evaluation;

/// <summary>The interval of a plain mean of independent proportions.</summary>
/// <remarks>
/// Zou GY, Donner A, Stat Med 2008;27:1693-1702 (method of variance estimates recovery): each proportion's distance to its own Wilson
/// limit stands for its standard error, and the distances add in squares. It has a length where all proportions are 1.
/// </remarks>
internal static class MeanOfProportions
{
    public static Interval Of(ReadOnlySpan<(long Successes, long Trials)> proportions, double mean, EvaluationOptions options)
    {
        double below = 0;
        double above = 0;
        foreach ((long successes, long trials) in proportions)
        {
            double proportion = (double)successes / trials;
            Interval wilson = WilsonInterval.Of(successes, trials, options);
            below += (proportion - wilson.Low) * (proportion - wilson.Low);
            above += (wilson.High - proportion) * (wilson.High - proportion);
        }
        int count = proportions.Length;
        return new Interval(mean - (Math.Sqrt(below) / count), mean + (Math.Sqrt(above) / count),
            $"{options.Percent} interval recovered from {count} Wilson intervals").Within(0, 1);
    }
}
