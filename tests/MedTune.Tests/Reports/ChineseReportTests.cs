using System.Runtime.CompilerServices;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Evaluation;
using MedTune.Prediction;
using MedTune.Reports;
using MedTune.Tests.House;

namespace MedTune.Tests.Reports;

/// <summary>The report in Chinese: no sentence of it is left in English, and every figure is the English report's.</summary>
public sealed class ChineseReportTests
{
    // Names of people, journals and methods, options and code: they are the same in both languages.
    private static readonly string[] Names =
    [
        "MedTune", "van den Goorbergh", "Statistics in Medicine", "Nadeau-Bengio", "Clopper-Pearson", "Hartung-Knapp", "UTF-8", "sha256", "--accept trained-rows", "Youden J",
    ];

    [Fact]
    public async Task Render_TableWithEverySortOfTrouble_IsChinese()
    {
        FinishedRun finished = await TroubledAsync(2);
        Expect(language => RunReport.Of(finished, language), ["cohort.csv", "outcome", "follow-up days", "hospital stay", "north", "south", "age", "weight", "日"]);
    }

    [Fact]
    public async Task Render_SeveralClasses_IsChinese()
    {
        FinishedRun finished = await TroubledAsync(3);
        Expect(language => RunReport.Of(finished, language), ["cohort.csv", "outcome", "follow-up days", "hospital stay", "north", "south", "high", "middle", "low"]);
    }

    [Fact]
    public async Task Render_FineTunedRunAndItsEvaluationAndItsCard_AreChinese()
    {
        using var folder = new TemporaryFolder();
        var source = Cohort.Dataset(240, 5);
        ModelFile parent = (await Experiment.RunAsync(Cohort.Quick(source) with { Models = ["logistic", "boosting"] }, source)).Model;
        var patients = Cohort.Dataset(150, 6, 1);
        var run = await Experiment.RunAsync(Cohort.Quick(patients) with { From = parent }, patients);
        string[] names = ["cohort.csv", "outcome", "north", "south"];
        Expect(language => RunReport.Of(Finished(run, patients, "cohort.csv", 4), language), names);

        string others = Cohort.Write(folder, "others.csv", 200, 9, -1);
        var evaluation = Runs.Evaluate(run.Model, others, new DatasetOptions(), acceptTrainingRows: true, new TestLedger(folder.Path));
        Expect(language => RunReport.Of(evaluation, language), [.. names, "others.csv"]);
        Expect(language => RunReport.Of(run.Model, language), names);
    }

    [Fact]
    public async Task Render_Sites_AreChinese()
    {
        var hospitals = SiteCohort.Dataset(SiteCohort.Csv());
        var run = await Experiment.RunAsync(SiteCohort.Quick(hospitals), hospitals);
        Expect(language => RunReport.Of(Finished(run, hospitals, "cohort.csv", 1), language), ["cohort.csv", "outcome", "small"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Render_Pictures_AreChinese(int classes)
    {
        using var folder = new TemporaryFolder();
        var request = new TrainingRequest
        {
            DataPath = MadeArchive.Write(folder["stripes.npz"], classes: classes),
            Data = new DatasetOptions(),
            Network = MadeArchive.Network(folder["tiny.onnx"]),
            Side = 32,
            Epochs = 1,
            Threads = 2,
        };
        FinishedRun finished = await Runs.TrainAsync(request, folder["run"]);
        Expect(
            language => RunReport.Of(finished, language) with { Images = Merged(finished.Run.Images!) },
            ["stripes.npz", "tiny.onnx", "胸片/0017.png", "hard-examples.csv", "(train)", "(test)", "normal", "train", "test", "val"]);
    }

    [Fact]
    public async Task Render_SeveralFindingsWithSearchAndViews_AreChinese()
    {
        using var folder = new TemporaryFolder();
        var request = MadeFindings.Request(folder, MadeFindings.Write(folder)) with { Epochs = 1, Search = 3, Views = ["mirrored", "closer"], TimeLimit = TimeSpan.FromMinutes(5) };
        FinishedRun finished = await Runs.TrainAsync(request, folder["run"]);
        string[] names = [.. MadeFindings.Learned, "rare one", "manifest.csv", "tiny.onnx", "hard-examples.csv"];
        Expect(language => RunReport.Of(finished, language), names);
        Expect(language => RunReport.Of(finished.Run.Model, language), names);

        string others = MadeFindings.Write(folder, "others", 300, 60);
        var evaluation = Runs.EvaluateImages(finished.Run.Model, others, new DatasetOptions(), acceptTrainingRows: true, new TestLedger(folder.Path));
        Expect(language => RunReport.Of(evaluation, language), names);
    }

    [Theory]
    [InlineData(GeneForm.Expression, 2)]
    [InlineData(GeneForm.Expression, 3)]
    [InlineData(GeneForm.Sequence, 2)]
    [InlineData(GeneForm.Sequence, 3)]
    [InlineData(GeneForm.Genotype, 2)]
    public async Task Render_GenesAndTheirEvaluationAndCard_AreChinese(GeneForm form, int classes)
    {
        using var folder = new TemporaryFolder();
        var request = TroubledGenes(folder, form, classes);
        FinishedRun finished = await Runs.TrainAsync(request, folder["run"]);
        string[] names = [Path.GetFileName(request.DataPath), Path.GetFileName(request.Data.Genes.Labels ?? "labels"), "superpopulation", "medtune explain"];
        var shuffled = new ShuffledLabels(100, classes == 2 ? "auroc" : "macro_auroc", 0.9, new Estimate(0.5, 0.4, 0.6, ""), 0.01);
        Expect(
            language => RunReport.Of(finished, language) with { Genes = finished.Run.Genes! with { Shuffled = shuffled } }, names, $"Genes-{form}-{classes}");
        Expect(language => RunReport.Of(finished.Run.Model, language), names, $"Genes-{form}-{classes}-card");

        var others = MadeGenes.Request(folder, form, count: 40, from: 500, classes: classes);
        var evaluation = Runs.EvaluateGenes(finished.Run.Model, others.DataPath, others.Data, ledger: new TestLedger(folder["ledger"]));
        Expect(language => RunReport.Of(evaluation, language), [.. names, Path.GetFileName(others.DataPath)], $"Genes-{form}-{classes}-evaluation");
    }

    [Fact]
    public void Render_RobustnessInTime_SaysSoInChinese()
    {
        ReportContent sample = SampleReports.Pictures() with { Language = ReportLanguage.Chinese };
        Assert.Contains("原计划测量更多图像，但时间已用完。", ReportPage.Render(sample with { Images = sample.Images! with { RobustnessInTime = 30 } }), StringComparison.Ordinal);
        Assert.Contains("未测量：时间已用完。", ReportPage.Render(sample with { Images = sample.Images! with { RobustnessInTime = 0, Robustness = null } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_EverySectionThereIs_SaysItsOwnWordsInChinese()
    {
        // The content's own texts are English and stay; names stand in the place of the rest.
        foreach (ReportContent sample in new[] { SampleReports.Pictures(), SampleReports.FineTuned(), SampleReports.Rare(), SampleReports.Thyroid() })
        {
            ReportContent content = sample with { Imbalance = null };
            string english = ReportPage.Render(content);
            string chinese = ReportPage.Render(content with { Language = ReportLanguage.Chinese });
            Assert.Contains("<html lang=\"zh-CN\">", chinese, StringComparison.Ordinal);
            Assert.Equal(ReportTexts.Numbers(english), ReportTexts.Numbers(chinese));
            string[] headings = [.. System.Xml.Linq.XDocument.Parse(chinese.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Descendants("h2").Select(heading => heading.Value)];
            Assert.All(headings, heading => Assert.Contains(heading, letter => letter is >= '\u4e00' and <= '\u9fff'));
        }
    }

    /// <summary>Made data with repeated samples, samples of one file only, damaged names, letters in lower case, broken formal rules and groups of people.</summary>
    private static TrainingRequest TroubledGenes(TemporaryFolder folder, GeneForm form, int classes)
    {
        var request = MadeGenes.Request(folder, form, count: 120, classes: classes);
        string[] lines = File.ReadAllLines(request.DataPath);
        if (form == GeneForm.Sequence)
        {
            string[] first = lines[1].Split(',');
            File.WriteAllLines(request.DataPath, [.. lines, $"x,{first[1].ToLowerInvariant()},{first[2]}", $"y,{first[1]},b", "z,,a", $"w,{Nucleotides.ReverseComplement(lines[2].Split(',')[1])},b", $"v,NRY{first[1][3..]},a"]);
            return request with { Models = ["k-mer", "one-hot", "network"], Accepted = ["all"] };
        }

        string labels = request.Data.Genes.Labels!;
        string[] samples = File.ReadAllLines(labels);
        File.WriteAllLines(labels, [.. samples.Select((line, i) => line + (i == 0 ? ",superpopulation" : i % 2 == 0 ? ",AFR" : ",EUR")), "absent,a,P900,C1,AFR", "absent-too,b,P901,C1,AFR"]);
        if (form == GeneForm.Expression)
        {
            File.WriteAllLines(request.DataPath, [.. lines, lines[3], lines[4].Replace("G3", "1-Mar", StringComparison.Ordinal), lines[5].Replace("G4", "AFFX-a", StringComparison.Ordinal)]);
        }
        else
        {
            File.WriteAllLines(request.DataPath, [.. lines, lines[6], lines[^1].Replace("PASS", "q10", StringComparison.Ordinal).Replace("1\t2450", "1\t9000", StringComparison.Ordinal), lines[^1].Replace("1\t2450", "1\t9100", StringComparison.Ordinal).Replace("\tG\t", "\t*\t", StringComparison.Ordinal)]);
        }

        return request with { Models = form == GeneForm.Expression ? ["ridge", "few-genes", "elastic-net", "forest"] : ["ridge", "boosting"] };
    }

    private static ImageEvidence Merged(ImageEvidence made)
    {
        ImageEvidence sample = SampleReports.Evidence();
        return made with
        {
            Twins = sample.Twins,
            Shown = [.. made.Shown, .. sample.Shown],
            WorstErrors = sample.WorstErrors,
            Reread = sample.Reread,
            Robustness = made.Robustness ?? sample.Robustness,
            Shortcuts = made.Shortcuts ?? sample.Shortcuts,
        };
    }

    private static void Expect(Func<ReportLanguage, ReportContent> content, string[] names, [CallerMemberName] string test = "")
    {
        string chinese = ReportPage.Render(content(ReportLanguage.Chinese));

        // MEDTUNE_SAMPLE_REPORTS names a folder that then receives the pages as files, to be looked at.
        if (Environment.GetEnvironmentVariable("MEDTUNE_SAMPLE_REPORTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, $"{test}.zh.html"), chinese);
        }

        Assert.Equal([], ReportTexts.Sentences(ReportTexts.Of(chinese), [.. Names, .. names]));
        Assert.Equal(ReportTexts.Numbers(ReportPage.Render(content(ReportLanguage.English))), ReportTexts.Numbers(chinese));
    }

    /// <summary>A run on patients with leaks, missing values, repeated rows, identifiers, dates, odd units and impossible values, all models tried.</summary>
    private static async Task<FinishedRun> TroubledAsync(int classes)
    {
        using var folder = new TemporaryFolder();
        string[] lines = Cohort.Csv(240, 31, -1.6, classes).TrimEnd().Split('\n');
        string path = folder["cohort.csv"];
        File.WriteAllLines(path,
        [
            lines[0] + ",follow-up days,hospital stay,id,admitted,height,weight,note,centre,drawn,glucose",
            .. lines.Skip(1).Select((line, row) => line + FormattableString.Invariant(
                $",{(line.EndsWith("yes", StringComparison.Ordinal) || line.EndsWith("high", StringComparison.Ordinal) ? 20 + (row % 50) : 40 + (row % 90))},{3 + (row % 7)},p{row / 2},2031-0{1 + (row % 8)}-11,{(row % 3 == 0 ? 1.7 : 171 + (row % 20))},{(row % 40 == 0 ? "?" : row % 31 == 0 ? "7x" : $"{60 + (row % 30)}")}, text {row % 9} ,c{row % 3},{(row % 2 == 0 ? "12/25/2020" : "25/12/2020")},{(row % 11 == 0 ? 0 : 90 + (row % 30))}")),
            lines[1] + ",20,3,p900,2031-01-11,1.7,60,text 1,c0,12/25/2020,95",
            lines[1] + ",20,3,p901,2031-01-11,1.7,60,text 1,c0,12/25/2020,95",
        ]);
        var options = new DatasetOptions { Target = "outcome", Patient = "id" };
        var dataset = Dataset.From(TableReader.Read(path), options);
        var plan = Cohort.Quick(dataset) with { Accepted = ["all"], Models = classes == 2 ? ["logistic", "boosting", "forest", "perceptron"] : ["logistic", "forest"] };
        return Finished(await Experiment.RunAsync(plan, dataset), dataset, path, 2);
    }

    private static FinishedRun Finished(Run run, Dataset dataset, string path, int openings)
    {
        var record = new RunRecord { DataPath = path, DataDigest = dataset.Digest, Data = RecordedDataOptions.Of(new DatasetOptions { Target = "outcome" }), TestDigest = run.TestDigest, TestOpenings = openings };
        return new FinishedRun("nowhere", run, record);
    }
}
