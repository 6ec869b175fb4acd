using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>A finished run as a report.</summary>
internal static class TrainingMapping
{
    public static ReportContent Of(FinishedRun finished, ReportWords words)
    {
        var run = finished.Run;
        var manifest = run.Model.Manifest;
        var rows = RowNoun.Of(run.Data);
        return new ReportContent
        {
            Title = OutcomeMapping.Title(manifest, words),
            Language = words.Language,
            Answer = AnswerMapping.Of(manifest, run.Data, rows, words) with { Warnings = WarningMapping.Of(finished, words) },
            Parts = [.. run.Parts.Select(part => PartMapping.Of(part, manifest, finished.Record, words))],
            Candidates = manifest.Parent is null ? CandidateMapping.Of(run, words) : [],
            Sites = SiteMapping.Of(run.Sites),
            Data = ImageMapping.Data(DataMapping.Of(finished, words), run.Images, manifest, run.Plan.Accepted, words),
            Leakage = run.Genes is null ? LeakageMapping.Of(finished, words) : GeneLeakageMapping.Of(finished, words),
            Imbalance = ImbalanceMapping.Of(run, rows, words),
            Baseline = BaselineMapping.Of(run.Baseline, manifest, words),
            Images = run.Images,
            Genes = run.Genes,
            Contributions = ContributionMapping.Of(run.Contributions, manifest, rows, words),
            Model = ModelMapping.Of(run, rows, words),
            Method = MethodMapping.Of(finished, rows, words),
            Limits = LimitMapping.Of(finished, rows, words),
            ProducedBy = $"MedTune {manifest.Version}",
        };
    }
}
