using MedTune.Reports;

namespace MedTune.Tests.Reports;

/// <summary>Invented but realistic content: a small heart-disease model, a rare outcome, several classes.</summary>
internal static partial class SampleReports
{
    private static readonly Lazy<SamplePredictions> Stays = new(() => SamplePredictions.Draw(9000, 0.014, 1.4, 21));
    private static readonly Lazy<EvaluationPart> StaysPart = new(() => Stays.Value.Part(PartKind.External, 0.02, "fixed in the model file: sensitivity>=0.8"));
    private const string Digest = "3f7a1c09be55d2c4a8e6017f9d3b2c5e8a1f4d7c0b9e6a3d2f1c8b7a6e5d4c3b";

    /// <summary>Two classes, a sealed part and out-of-fold figures, everything filled.</summary>
    public static ReportContent Heart()
    {
        SamplePredictions test = SamplePredictions.Draw(61, 0.46, 1.9, 11);
        SamplePredictions oof = SamplePredictions.Draw(242, 0.46, 2.0, 12);
        return new ReportContent
        {
            Title = "Heart disease in Cleveland",
            Answer = new AnswerContent
            {
                Outcome = "heart disease (num > 0)",
                ClassNames = ["no", "yes"],
                ModelKind = "penalized logistic regression",
                SampleNoun = "patient",
                SampleNounPlural = "patients",
                Samples = 303,
                Events = test.Events + oof.Events,
                Columns = 13,
                Warnings = ["Two columns (ca, thal) have missing values that were filled in with the median of the training patients."],
            },
            Parts =
            [
                oof.Part(PartKind.OutOfFold, 0.44, "Youden's J, chosen inside the training folds") with { Subgroups = EvidenceSamples.Subgroups("sex") },
                test.Part(PartKind.Test, 0.44, "Youden's J, chosen out of fold") with { DecisionCurve = EvidenceSamples.DecisionCurve() },
            ],
            Candidates = Candidates(),
            Data = Data(test, oof),
            Leakage = EvidenceSamples.Leakage("age"),
            Imbalance = EvidenceSamples.Imbalance("age"),
            Sites = EvidenceSamples.Sites("Cleveland"),
            Baseline = EvidenceSamples.Baseline("age"),
            Contributions = EvidenceSamples.Contributions("age"),
            Model = Model(),
            Method = Method(),
            Limits = [new LimitRow("One referral center", "All patients were sent for angiography: someone at their doctor's has another risk to begin with.")],
            ProducedBy = "MedTune 0.1.0",
        };
    }

    /// <summary>The heart model fine-tuned from another hospital's.</summary>
    public static ReportContent FineTuned() => Heart() with
    {
        Title = "匈牙利心脏病 · Heart disease in Budapest",
        Model = Model() with
        {
            Lineage = new LineageContent("cleveland.onnx", Digest)
            {
                ParentDescription = "Made on 303 patients of Cleveland; its own sealed AUROC was 0.903 (0.821 to 0.961).",
                Tried =
                [
                    new CandidateRow { Name = "as it is", LogLoss = 0.512, LogLossLow = 0.431, LogLossHigh = 0.593, Auroc = 0.871, Reason = "Ranks well but its risks run too high here." },
                    new CandidateRow { Name = "new intercept", LogLoss = 0.421, LogLossLow = 0.352, LogLossHigh = 0.490, Auroc = 0.871, Reason = "Within the noise of the chosen one." },
                    new CandidateRow { Name = "refit, shrunk towards the source", LogLoss = 0.398, LogLossLow = 0.330, LogLossHigh = 0.466, Auroc = 0.889, Chosen = true, Reason = "Lowest log-loss in inner validation." },
                ],
            },
        },
    };

    /// <summary>A finished model on new data, for an outcome of 1.4 %, with small risks.</summary>
    public static ReportContent Rare()
    {
        return new ReportContent
        {
            Title = "Readmission within 7 days, spring 2025",
            Kind = ReportKind.Evaluation,
            Answer = new AnswerContent
            {
                Outcome = "readmission = \"<7\"",
                ClassNames = ["no", "<7"],
                ModelKind = "multilayer perceptron",
                SampleNoun = "stay",
                SampleNounPlural = "stays",
                Samples = 9000,
                Events = Stays.Value.Events,
                Patients = 7412,
                Columns = 41,
            },
            Parts = [StaysPart.Value with { Patients = 7412 }],
        };
    }

    /// <summary>Three classes.</summary>
    public static ReportContent Thyroid()
    {
        string[] names = ["normal", "hyperthyroid", "hypothyroid (primary, compensated)"];
        int[][] counts = [[150, 4, 6], [5, 31, 2], [3, 0, 42]];
        int total = counts.Sum(row => row.Sum());
        return new ReportContent
        {
            Title = "Thyroid function",
            Answer = new AnswerContent
            {
                Outcome = "thyroid function",
                ClassNames = names,
                ModelKind = "multinomial logistic regression",
                SampleNoun = "patient",
                SampleNounPlural = "patients",
                Samples = 1215,
                Columns = 5,
            },
            Parts =
            [
                new EvaluationPart
                {
                    Kind = PartKind.Test,
                    Samples = total,
                    Metrics =
                    [
                        new MetricRow("accuracy", 223.0 / 243, 0.876, 0.946, "Wilson"),
                        new MetricRow("balanced_accuracy", 0.896, 0.851, 0.934, "bootstrap"),
                        new MetricRow("macro_auroc", 0.974, 0.955, 0.989, "bootstrap"),
                        new MetricRow("log_loss", 0.241, 0.181, 0.301, "over patients"),
                    ],
                    Confusion = new ConfusionCounts(names, counts),
                    Classes = [.. names.Select((name, index) => Class(name, index, counts))],
                },
            ],
        };
    }

    private static ClassPart Class(string name, int index, int[][] counts)
    {
        SamplePredictions drawn = SamplePredictions.Draw(243, counts[index].Sum() / 243.0, 2.2 + (index * 0.4), 31 + index);
        EvaluationPart part = drawn.Part(PartKind.Test, 0.5, "");
        return new ClassPart
        {
            Name = name,
            Samples = counts[index].Sum(),
            Metrics = [.. part.Metrics.Where(row => row.Name is "auroc" or "recall" or "precision" or "calibration_slope" or "calibration_intercept")],
            Roc = part.Roc,
            Calibration = part.Calibration,
        };
    }

    private static CandidateRow[] Candidates() =>
    [
        new CandidateRow { Name = "penalized logistic regression", LogLoss = 0.381, LogLossLow = 0.318, LogLossHigh = 0.444, Auroc = 0.905, AurocLow = 0.868, AurocHigh = 0.938, Chosen = true, Reason = "Lowest log-loss over the folds." },
        new CandidateRow { Name = "multilayer perceptron (2 x 32)", LogLoss = 0.412, LogLossLow = 0.333, LogLossHigh = 0.491, Auroc = 0.894, AurocLow = 0.855, AurocHigh = 0.929, Reason = "Higher log-loss by 0.031 (-0.004 to 0.066).", Differences = EvidenceSamples.Differences() },
        new CandidateRow { Name = "the same risk for everyone", LogLoss = 0.690, LogLossLow = 0.684, LogLossHigh = 0.696, Auroc = 0.5, Reason = "What knowing nothing costs." },
    ];

    private static DataContent Data(SamplePredictions test, SamplePredictions oof) => new()
    {
        Source =
        [
            new FactRow("File", "cleveland.csv, 303 rows, 14 columns"),
            new FactRow("Read as", "UTF-8, separated by commas, decimal point; missing: \"?\" and empty"),
            new FactRow("Outcome", "num > 0, \"yes\" when it holds"),
        ],
        Flow =
        [
            new FlowStep("Rows read", 311) { LeftOut = [new FlowLoss(6, "the outcome is missing"), new FlowLoss(2, "all columns are empty")] },
            new FlowStep("Rows with a known outcome", 303),
        ],
        FlowEnds =
        [
            new FlowEnd("Training, judged out of fold", oof.Probabilities.Count, oof.Events),
            new FlowEnd("Sealed part, judged once", test.Probabilities.Count, test.Events),
        ],
        Columns =
        [
            new ColumnRow("age", "number") { MissingShare = 0, Values = "29 to 77, median 56" },
            new ColumnRow("sex", "category") { MissingShare = 0, Values = "0 (97), 1 (206)" },
            new ColumnRow("cp", "category") { MissingShare = 0, Values = "1 (23), 2 (50), 3 (86), 4 (144)" },
            new ColumnRow("trestbps", "number") { MissingShare = 0, Values = "94 to 200, median 130" },
            new ColumnRow("chol", "number") { MissingShare = 0.0033, Values = "126 to 564, median 241" },
            new ColumnRow("ca", "number") { MissingShare = 0.0132, Values = "0 to 3, median 0" },
            new ColumnRow("thal", "category") { MissingShare = 0.0066, Values = "3 (166), 6 (18), 7 (117)" },
            new ColumnRow("record_id", "identifier") { IsInput = false, MissingShare = 0, Values = "303 different", Note = "Different in every row: it names patients, it does not describe them." },
        ],
        Findings =
        [
            new FindingRow(FindingLevel.Note, "has 4 missing values.", "Filled with the training median; a column says where.") { Code = "missing", Column = "ca", Count = 4 },
            new FindingRow(FindingLevel.Warning, "looks like a category written as numbers (4 values).", "Read as a category.") { Code = "numeric-category", Column = "cp", Count = 4 },
            new FindingRow(FindingLevel.Note, "2 rows are exact copies of others; they can be different patients.", "Kept, on one side of every split.") { Code = "duplicates", Count = 2 },
        ],
    };

    private static ModelContent Model() => new()
    {
        Description = "Logistic regression with an L2 penalty of 0.32 chosen by inner cross-validation; numbers are standardized, missing values have a flag of their own.",
        Effects =
        [
            new EffectGroup(EffectScale.LogOdds,
            [
                new EffectRow("ca", 0.86, 0.52, 1.19), new EffectRow("thal = 7", 0.71, 0.40, 1.03), new EffectRow("cp = 4", 0.64, 0.33, 0.95),
                new EffectRow("sex = 1", 0.51, 0.18, 0.85), new EffectRow("oldpeak", 0.42, 0.06, 0.77), new EffectRow("thalach", -0.38, -0.74, -0.02),
                new EffectRow("slope = 1", -0.31, -0.63, 0.01), new EffectRow("trestbps", 0.27, -0.03, 0.57), new EffectRow("age", -0.08, -0.42, 0.26),
                new EffectRow("chol", 0.11, -0.17, 0.40), new EffectRow("fbs = 1", -0.14, -0.42, 0.15),
            ]) { Unit = "per standard deviation, or for the level" },
        ],
    };

    private static MethodContent Method() => new()
    {
        Steps =
        [
            new FactRow("Splits", "20% of the patients were sealed away first, with the outcome as common in both parts; the rest went into 5 folds. No patient and no copied row is on two sides."),
            new FactRow("Choice of model", "Inner 5-fold cross-validation inside each training fold, by log-loss."),
            new FactRow("Calibration", "A logistic curve fitted on out-of-fold predictions of the training patients only."),
            new FactRow("Threshold", "The largest sensitivity plus specificity (Youden's J), found out of fold."),
            new FactRow("Intervals", "95%: DeLong for AUROC, Wilson for shares, Wald for calibration, over patients for log-loss and Brier."),
        ],
        SealedOpenings = 1,
        Record =
        [
            new FactRow("Seed", "1"),
            new FactRow("Data, sha256", Digest),
            new FactRow("Plan, sha256", "0b9e6a3d2f1c8b7a6e5d4c3b3f7a1c09be55d2c4a8e6017f9d3b2c5e8a1f4d7c"),
            new FactRow("Model, sha256", "a8e6017f9d3b2c5e8a1f4d7c0b9e6a3d2f1c8b7a6e5d4c3b3f7a1c09be55d2c4"),
            new FactRow("Numerics profile", "1"),
        ],
        Command = "medtune train cleveland.csv --target 'num>0' --missing '?' --seed 1 --out runs/cleveland",
    };
}
