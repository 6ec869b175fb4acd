using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What was tried, and why it was kept or not.</summary>
internal static class CandidateMapping
{
    public static IReadOnlyList<CandidateRow> Of(Run run)
    {
        var chosen = run.Candidates.FirstOrDefault(candidate => candidate.IsChosen);
        int folds = Folds(run);
        return
        [
            .. run.Candidates.Select(candidate => new CandidateRow
            {
                Name = Name(candidate),
                Kind = ChartWords.Sentence(candidate.Name),
                LogLoss = candidate.LogLoss,
                Auroc = candidate.Auroc,
                Chosen = candidate.IsChosen,
                Reason = Reason(candidate, chosen, run, folds),
                Differences = Differences(candidate),
                Settings = candidate.SettingLosses.Length > 1
                    ? [.. candidate.SettingLosses.Select(setting => new SettingRow(setting.Key, setting.Value, setting.Key == candidate.Setting))]
                    : [],
            }),
        ];
    }

    private static IReadOnlyList<MetricRow> Differences(CandidateResult candidate) => candidate.AgainstChosen is { } comparison
        ? [.. comparison.Differences.Select(pair => new MetricRow(
            pair.Key, pair.Value.Difference.Value, pair.Value.Difference.Low, pair.Value.Difference.High, pair.Value.Difference.Method))]
        : [];

    /// <summary>How many outer folds there were.</summary>
    public static int Folds(Run run) => run.Parts.Where(part => part.Part == "oof").SelectMany(part => part.Predictions)
        .Select(prediction => prediction.Fold).Where(fold => fold >= 0).Distinct().Count();

    /// <summary>The name of a kind of model, or of a way of adapting one, with its setting.</summary>
    private static string Name(CandidateResult candidate) => candidate.Name switch
    {
        ModelMapping.AsIs => "Source model as it is",
        ModelMapping.NewIntercept => "Source model with a new intercept",
        "intercept and slope" => "Source model with a new intercept and slope",
        ModelMapping.ShrunkRefit => $"Refit, shrunk towards the source model ({candidate.Setting})",
        "last layer" => $"Last layer refitted, shrunk towards the source model ({candidate.Setting})",
        "all layers" => $"All layers trained on ({candidate.Setting})",
        "leaves refitted" => $"Source model, the leaves of its trees corrected ({candidate.Setting})",
        "boosting continued" => $"Source model with further boosted trees ({candidate.Setting})",
        _ when !candidate.Shares.IsEmpty => $"{ChartWords.Sentence(candidate.Name)} of {candidate.Setting}",
        _ => $"{ChartWords.Sentence(candidate.Name)} ({candidate.Setting})",
    };

    private static string Reason(CandidateResult candidate, CandidateResult? chosen, Run run, int folds)
    {
        string votes = folds > 0 ? $" Inside the folds it was preferred {candidate.TimesChosen} of {folds} times." : "";
        if (run.Candidates.Length == 1)
        {
            return "The only one tried.";
        }

        if (chosen is null)
        {
            return votes.TrimStart();
        }

        if (!chosen.Shares.IsEmpty)
        {
            return BesideStack(candidate, chosen, run) + votes;
        }

        if (run.Plan.Images is not null)
        {
            return (candidate.IsChosen
                ? "Kept, by the pictures checked on: frozen features stay unless fine-tuning is better there by more than a standard error."
                : "Not kept, by the pictures checked on; the figures here are of the outer folds.") + votes;
        }

        bool isMoved = run.Plan.From is not null;
        bool isSafer = run.Candidates.IndexOf(candidate) < run.Candidates.IndexOf(chosen);
        double more = candidate.LogLoss - chosen.LogLoss;
        if (candidate.IsChosen)
        {
            bool isLowest = run.Candidates.All(other => !(other.LogLoss < candidate.LogLoss));
            return (isLowest ? "Kept: the lowest log-loss." : isMoved ? "Kept: no bolder change was better by more than chance may give." : "Kept: lowest in the comparison over all folds.") + votes;
        }

        string verdict = more > 0
            ? $"Not kept: log-loss higher by {NumberText.Decimal(more)}."
            : isMoved && !isSafer
                ? "Not kept: lower, but by too little to be more than chance."
                : "Not kept: lower here, where every fold chose its own setting, but not in the comparison of one setting over all folds.";
        return verdict + votes;
    }

    /// <summary>The same where a mean of the others was kept.</summary>
    private static string BesideStack(CandidateResult candidate, CandidateResult stack, Run run)
    {
        if (candidate.IsChosen)
        {
            return run.Candidates.All(other => !(other.LogLoss < candidate.LogLoss))
                ? "Kept: the lowest log-loss."
                : "Kept: a mean of models is the safer answer where the comparison hardly tells them apart; one alone would have to be better by a standard error.";
        }

        double more = candidate.LogLoss - stack.LogLoss;
        double share = stack.Shares.FirstOrDefault(share => share.Key == candidate.Name).Value;
        string verdict = more > 0
            ? $"Not kept alone: log-loss higher by {NumberText.Decimal(more)}."
            : "Not kept alone: lower here, but not by a standard error in the comparison of one setting over all folds.";
        return verdict + (share > 0 ? $" It counts {NumberText.Percent(share)} in the {stack.Name}." : $" It does not count in the {stack.Name}.");
    }
}
