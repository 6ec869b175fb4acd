namespace MedTune.Reports.Wording;

/// <summary>The limits that follow from the content itself, so that no report goes out without them.</summary>
internal static class DerivedLimits
{
    // At least 100 with and 100 without the outcome are commonly asked for before a validation is believed
    // (Collins, Ogundimu and Altman, Statistics in Medicine 35:214, 2016).
    private const int EnoughOfAKind = 100;

    /// <summary>The given limits, then the derived ones whose titles are not among them.</summary>
    public static IReadOnlyList<LimitRow> With(ReportContent content)
    {
        var limits = new List<LimitRow>(content.Limits);
        foreach (LimitRow limit in Derived(content))
        {
            if (!limits.Exists(known => string.Equals(known.Title, limit.Title, StringComparison.Ordinal)))
            {
                limits.Add(limit);
            }
        }

        return limits;
    }

    private static IEnumerable<LimitRow> Derived(ReportContent content)
    {
        EvaluationPart? part = PartWords.Leading(content);
        if (part is not null && content.Parts.All(each => each.Kind != PartKind.External))
        {
            yield return new LimitRow(
                "Not validated elsewhere",
                content.Sites is null
                    ? "Every figure comes from the same source of data as the model. In another hospital, another year or another kind of patient it can do worse: evaluate it there first."
                    : "Sites were left out in turn, but all of them were collected together. In a hospital outside them, another year or another kind of patient it can do worse: evaluate it there first.");
        }

        if (part is not null && content.Kind == ReportKind.Training && content.Parts.All(each => each.Kind == PartKind.OutOfFold))
        {
            yield return new LimitRow(
                "No sealed part",
                "Nothing was kept aside until the end: the out-of-fold figures judge the way the model was made, not the final model itself.");
        }

        if (part?.Events is int events && Math.Min(events, part.Samples - events) is var rarer && rarer < EnoughOfAKind)
        {
            yield return new LimitRow(
                "Small sample",
                $"The leading figures rest on {NumberText.Count(events)} with and {NumberText.Count(part.Samples - events)} without the outcome. " +
                "A common rule asks for at least 100 of each before discrimination and calibration are believed.");
        }

        if (content.Method?.SealedOpenings is int openings && openings > 1)
        {
            yield return new LimitRow(
                "The sealed part was opened more than once",
                $"It has been looked at {NumberText.Count(openings)} times. Each choice made after a look makes its figures a little too good.");
        }

        if (content.Answer.ClassNames.Count <= 2 && part?.Confusion is not null)
        {
            yield return new LimitRow(
                "Predictive values travel badly",
                "How many of the flagged have the outcome depends on how common it is. Where it is rarer, more of the flags are false.");
        }

        if (content.Model is { Effects.Count: > 0 })
        {
            yield return new LimitRow(
                "Association, not cause",
                "A column that moves the risk need not cause the outcome: changing it in a patient need not change what happens.");
        }

        yield return new LimitRow(
            "Not a medical device",
            "No authority has assessed this model. It informs a decision that a clinician makes and answers for.");
    }
}
