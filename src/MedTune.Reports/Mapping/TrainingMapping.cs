namespace MedTune.Reports.Mapping;

/// <summary>A finished run as a report.</summary>
internal static class TrainingMapping
{
    public static ReportContent Of(FinishedRun finished)
    {
        var run = finished.Run;
        var manifest = run.Model.Manifest;
        var rows = RowNoun.Of(run.Data);
        return new ReportContent
        {
            Title = OutcomeMapping.Title(manifest),
            Answer = AnswerMapping.Of(manifest, run.Data, rows) with { Warnings = WarningMapping.Of(finished) },
            Parts = [.. run.Parts.Select(part => PartMapping.Of(part, manifest, finished.Record))],
            Candidates = manifest.Parent is null ? CandidateMapping.Of(run) : [],
            Sites = SiteMapping.Of(run.Sites),
            Data = ImageMapping.Data(DataMapping.Of(finished), run.Images, manifest, run.Plan.Accepted),
            Leakage = LeakageMapping.Of(finished),
            Imbalance = ImbalanceMapping.Of(run, rows),
            Baseline = BaselineMapping.Of(run.Baseline, manifest),
            Images = run.Images,
            Contributions = ContributionMapping.Of(run.Contributions, manifest, rows),
            Model = ModelMapping.Of(run, rows),
            Method = MethodMapping.Of(finished, rows),
            Limits = LimitMapping.Of(finished, rows),
            ProducedBy = $"MedTune {manifest.Version}",
        };
    }
}
