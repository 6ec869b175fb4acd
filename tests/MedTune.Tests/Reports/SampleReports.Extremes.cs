using MedTune.Reports;

namespace MedTune.Tests.Reports;

internal static partial class SampleReports
{
    /// <summary>A name that tries to leave the text it stands in.</summary>
    public const string HostileName = "\"/></title></svg><script>alert(1)</script><img src=x onerror=alert(1)> ]]> ' & {{x}} @(1+1)";

    /// <summary>The heart report with hostile names everywhere.</summary>
    public static ReportContent Hostile()
    {
        ReportContent heart = Heart();
        const string name = HostileName;
        return heart with
        {
            Title = name,
            ProducedBy = name,
            Answer = heart.Answer with
            {
                Outcome = name,
                ClassNames = [name, name + "2"],
                ModelKind = name,
                SampleNoun = name,
                SampleNounPlural = name,
                Warnings = [name, "&#x4E2D; &amp; literal"],
            },
            Parts = [.. heart.Parts.Select(part => part with
            {
                ThresholdRule = name,
                Confusion = part.Confusion! with { ClassNames = [name, name] },
                Metrics = [.. part.Metrics, new MetricRow(name, 1, 0, 2, name) { Label = name, Explanation = name }],
                Subgroups = EvidenceSamples.Subgroups(name),
            })],
            Candidates = [new CandidateRow { Name = name, Reason = name, LogLoss = 0.4, Chosen = true, Settings = EvidenceSamples.Settings(name) }, new CandidateRow { Name = name, LogLoss = 0.5, Differences = EvidenceSamples.Differences() }],
            Leakage = EvidenceSamples.Leakage(name),
            Imbalance = EvidenceSamples.Imbalance(name),
            Sites = EvidenceSamples.Sites(name),
            Baseline = EvidenceSamples.Baseline(name),
            Contributions = EvidenceSamples.Contributions(name),
            Data = new DataContent
            {
                Source = [new FactRow(name, name)],
                Flow = [new FlowStep(name, 3) { LeftOut = [new FlowLoss(1, name)] }],
                FlowEnds = [new FlowEnd(name, 2)],
                Columns = [new ColumnRow(name, name) { MissingShare = 0.5, Values = name, Note = name }],
                Findings = [new FindingRow(FindingLevel.Stop, name, name) { Code = name, Column = name }],
            },
            Model = new ModelContent
            {
                Description = name,
                Effects = [new EffectGroup(EffectScale.LogOdds, [new EffectRow(name, 1, 0, 2)]) { ClassName = name, Unit = name, Explanation = name }],
                Lineage = new LineageContent(name, name) { ParentDescription = name, Tried = [new CandidateRow { Name = name }] },
            },
            Method = new MethodContent { Steps = [new FactRow(name, name)], Record = [new FactRow(name, name)], Command = name },
            Limits = [new LimitRow(name, name)],
        };
    }

    /// <summary>Nothing but what is required.</summary>
    public static ReportContent Bare() => new()
    {
        Title = "",
        Answer = new AnswerContent { Outcome = "", ClassNames = [], ModelKind = "", Samples = 0 },
    };

    /// <summary>One row, no intervals, infinities, 60 columns, very long names.</summary>
    public static ReportContent Extreme()
    {
        string longName = string.Concat(Enumerable.Repeat("VeryLongColumnNameWithoutAnySpace很长的列名", 12));
        string[] metrics = ["auroc", "calibration_slope", "calibration_intercept", "recall", "specificity", "precision", "npv", "log_loss", "no_such_metric", ""];
        return new ReportContent
        {
            Title = longName,
            Answer = new AnswerContent { Outcome = longName, ClassNames = ["no", "yes"], ModelKind = longName, Samples = 1, Events = 1, Columns = 1, Patients = 1 },
            Parts =
            [
                new EvaluationPart
                {
                    Kind = PartKind.Test,
                    Samples = 1,
                    Events = 1,
                    Threshold = 0,
                    Confusion = ConfusionCounts.OfTwo("no", "yes", 0, 0, 0, 1),
                    Metrics = [.. metrics.Select((name, index) => new MetricRow(name, index == 0 ? 1 : double.NaN))],
                    Roc = [new(0, 0), new(double.NaN, double.NaN), new(0, 1), new(1, 1)],
                    PrecisionRecall = [new(1, 1)],
                    Calibration = new CalibrationContent
                    {
                        Groups = [new(1, 1, double.NaN, double.NaN, 1), new(double.NaN, double.NaN, 0, 1, 0)],
                        Curve = [new(0, double.NaN), new(0.5, 0.5, double.NegativeInfinity, double.PositiveInfinity), new(1, 1, 0.5, 2)],
                    },
                    Risks = [new RiskBin(0.95, 1, 0, 1)],
                    DecisionCurve = new DecisionCurveContent
                    {
                        Model = [new(0.5, double.NaN), new(0.6, 1e9, double.NegativeInfinity, double.PositiveInfinity)],
                        TreatAll = [new(0.5, -1e300), new(0.6, double.NegativeInfinity)],
                        Avoided = [new(0.5, double.NaN), new(0.6, -1e9, double.NegativeInfinity, double.PositiveInfinity)],
                    },
                    Subgroups = [new SubgroupTable("", [new SubgroupRow(""), new SubgroupRow(longName, IsTooFew: true)])],
                },
                new EvaluationPart
                {
                    Kind = PartKind.OutOfFold,
                    Samples = 0,
                    Events = 0,
                    Threshold = double.NaN,
                    Confusion = ConfusionCounts.OfTwo("no", "yes", 0, 0, 0, 0),
                    Metrics = [new MetricRow("auroc", double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity), new MetricRow("log_loss", 1e12, 1e-12, 1e300)],
                    Roc = [new(0.5, 0.5)],
                    Risks = [new RiskBin(0, 1, 0, 0)],
                },
            ],
            Candidates = [new CandidateRow { Name = longName, LogLoss = double.PositiveInfinity }, new CandidateRow { Name = "none" }],
            Data = new DataContent
            {
                Flow = [new FlowStep(longName, 0)],
                Columns = [.. Enumerable.Range(0, 60).Select(index => new ColumnRow($"{longName}_{index}", "number") { MissingShare = index / 59.0, Values = longName })],
            },
            Baseline = new BaselineContent([], [new BaselineRow(longName, longName, [])]) { Unlisted = 1_000_000 },
            Contributions = new ContributionContent
            {
                Columns =
                [
                    new ContributionColumn(longName, double.PositiveInfinity, []),
                    new ContributionColumn("a", 1e12, [new(double.NegativeInfinity, double.NaN), new(0, 0), new(1e12, 7)]),
                    new ContributionColumn("b", 0, []),
                ],
            },
            Model = new ModelContent
            {
                Effects =
                [
                    new EffectGroup(EffectScale.LogOdds, [.. Enumerable.Range(0, 60).Select(index => new EffectRow($"{longName}_{index}", index - 30, double.NegativeInfinity, index * 1e6))]),
                    new EffectGroup(EffectScale.OddsRatio, [new EffectRow("a", 1e-30, 0, 1e30), new EffectRow("b", 0), new EffectRow("c", double.PositiveInfinity)]),
                    new EffectGroup(EffectScale.Importance, [new EffectRow("only", 0)]),
                    new EffectGroup(EffectScale.Importance, []),
                ],
            },
        };
    }
}
