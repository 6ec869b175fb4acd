using MedTune.Reports;

namespace MedTune.Tests.Reports;

/// <summary>Invented content of the sections on evidence; every text in it is the name given.</summary>
internal static class EvidenceSamples
{
    public static DecisionCurveContent DecisionCurve()
    {
        double[] thresholds = [.. Enumerable.Range(1, 99).Select(step => step / 100.0)];
        double All(double t) => 0.46 - (0.54 * t / (1 - t));
        double Model(double t) => Math.Max(0.46 - (0.5 * t), All(t)) - (t > 0.9 ? 0.03 : 0);
        return new DecisionCurveContent
        {
            Model = [.. thresholds.Select(t => new BandPoint(t, Model(t), Model(t) - 0.08, Model(t) + 0.08))],
            TreatAll = [.. thresholds.Select(t => new CurvePoint(t, All(t)))],
            Avoided = [.. thresholds.Select(t => new BandPoint(t, 100 * (Model(t) - All(t)) * (1 - t) / t, -4, 90))],
        };
    }

    public static IReadOnlyList<SubgroupTable> Subgroups(string name) =>
    [
        new SubgroupTable(name,
        [
            new SubgroupRow(name)
            {
                Samples = 120,
                Events = 50,
                Metrics = [new MetricRow("auroc", 0.91, 0.85, 0.95, name), new MetricRow("log_loss", 0.4, 0.3, 0.5), new MetricRow("recall", 0.8, 0.7, 0.9), new MetricRow("specificity", double.NaN)],
            },
            new SubgroupRow(name, IsTooFew: true),
            new SubgroupRow(name) { Metrics = [new MetricRow("calibration_intercept", -0.2, -0.9, 0.5)] },
        ]),
    ];

    public static SiteContent Sites(string name) => new(
        [
            new SubgroupRow(name) { Samples = 240, Events = 110, Metrics = SiteFigures(0.87, 0.91, 1) },
            new SubgroupRow("Hungarian") { Metrics = SiteFigures(0.9, 0.68, 1.54) },
            new SubgroupRow("VA") { Samples = 160, Events = 121, Metrics = SiteFigures(0.71, 1.16, double.NaN) },
            new SubgroupRow(name, IsTooFew: true),
        ],
        [
            new SiteSummary(3, new MetricRow("auroc", 0.84, 0.5, 0.97, name), 0.02, 0.99, 0.63, "logit"),
            new SiteSummary(3, new MetricRow("observed_expected_ratio", 0.9, 0.47, 1.74), 0.02, 39.8, 0.26, "log"),
        ])
    {
        Straddling = 1,
    };

    private static MetricRow[] SiteFigures(double auroc, double ratio, double slope) =>
    [
        new("auroc", auroc, auroc - 0.05, auroc + 0.04),
        new("observed_expected_ratio", ratio, ratio - 0.1, ratio + 0.1),
        new("calibration_slope", slope, slope - 0.3, slope + 0.3),
        new("log_loss", 0.481, 0.4, 0.56),
        new("log_loss_new_intercept", 0.402, 0.33, 0.47),
        new("brier", 0.156, 0.13, 0.18),
    ];

    public static BaselineContent Baseline(string name) => new(
        [new BaselineHeading(name, name), new BaselineHeading("With", "n = 100"), new BaselineHeading("SMD")],
        [new BaselineRow(name, "mean (sd)", ["54.4 (9.0)", "56.6 (7.9)", "0.47"]), new BaselineRow("", name, ["<5", "not shown", ""])])
    {
        Unlisted = 3,
    };

    public static ContributionContent Contributions(string name) => new()
    {
        Lead = name,
        Columns =
        [
            new ContributionColumn(name, 0.6, [.. Enumerable.Range(0, 60).Select(i => new CurvePoint((i - 30) / 20.0, i / 59.0))]),
            new ContributionColumn("none", 0.2, [new(-0.2, double.NaN), new(0.2, double.NaN)]),
        ],
        Examples = [new EffectGroup(EffectScale.LogOdds, [new EffectRow(name, -1), new EffectRow("sex", 0.3)]) { ClassName = name, Explanation = name }],
    };

    public static LeakageContent Leakage(string name) => new(
        name, name, [.. Enum.GetValues<LeakageVerdict>().Select(verdict => new LeakageRow(verdict, name, name) { Details = [name] })]);

    public static ImbalanceContent Imbalance(string name) => new(
        name, name, [new ImbalanceRow(name, name, name) { Explanation = name }], name, new CalibrationContent { Groups = [new RiskGroup(0.4, 0.1, 0.05, 0.2, 100)] })
    {
        Source = name,
    };

    public static IReadOnlyList<SettingRow> Settings(string name) => [new SettingRow(name, 0.5, true), new SettingRow(name, double.NaN, false)];

    public static IReadOnlyList<MetricRow> Differences() =>
        [new MetricRow("log_loss", 0.031, -0.004, 0.066), new MetricRow("auroc", -0.011, -0.03, 0.008), new MetricRow("brier", 0.004, -0.002, 0.01)];
}
