using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Evaluation;
using MedTune.Reports;
using MedTune.Tests.House;

namespace MedTune.Tests.Reports;

/// <summary>What the reports of gene models show, and what they must never show.</summary>
public sealed class GeneReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(GeneForm.Expression, 2)]
    [InlineData(GeneForm.Expression, 3)]
    [InlineData(GeneForm.Sequence, 2)]
    [InlineData(GeneForm.Genotype, 2)]
    public async Task Render_Run_ShowsFloorsAndNamesNoSample(GeneForm form, int classes)
    {
        FinishedRun finished = await RunAsync(form, classes);
        string page = ReportPage.Render(RunReport.Of(finished));
        string[] texts = [.. ReportTexts.Of(page)];

        string[] sections = [.. Ids(page)];
        Assert.Contains("floors", sections);
        Assert.Contains(texts, text => text.StartsWith("Most frequent class, always", StringComparison.Ordinal));
        Assert.Contains(texts, text => text == "Matthews correlation");
        Assert.Contains(texts, text => text == "Not a classification of variants");
        Assert.Contains("ACMG/AMP", page, StringComparison.Ordinal);
        Assert.DoesNotContain(MadeGenes.Planted, page, StringComparison.Ordinal);
        Assert.DoesNotContain(texts, text => text.Contains("patients with", StringComparison.Ordinal) && text.Contains("rows", StringComparison.Ordinal));
        if (form == GeneForm.Sequence)
        {
            Assert.Contains("words", sections);
            Assert.Contains("mutations", sections);
            Assert.Contains(texts, text => text.StartsWith("Share of G and C alone", StringComparison.Ordinal));
            Assert.All(GeneSet.Open(finished.Record.DataPath, new DatasetOptions()).Sequences, letters => Assert.DoesNotContain(letters[5..30], page, StringComparison.Ordinal));
        }
        else
        {
            Assert.Contains("genes", sections);
            ShuffledLabels shuffled = finished.Run.Genes!.Shuffled!;
            Assert.Equal(classes == 2 ? "auroc" : "macro_auroc", shuffled.Metric);
            Assert.InRange(shuffled.PValue, 1.0 / 201, 0.05);
            Assert.InRange(0.5, shuffled.Shuffled.Low, shuffled.Shuffled.High);
            Assert.Contains(texts, text => text.Contains("with labels shuffled 200 times; p = 0.005", StringComparison.Ordinal));
            Assert.Contains(texts, text => text.Contains(form == GeneForm.Genotype ? "30 variants" : "60 genes", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Render_GroupsOfPeople_AreJudgedEachByItself()
    {
        var request = MadeGenes.Request(_folder, GeneForm.Genotype, count: 200);
        string labels = request.Data.Genes.Labels!;
        string[] lines = await File.ReadAllLinesAsync(labels);
        await File.WriteAllLinesAsync(labels, lines.Select((line, i) => line + (i == 0 ? ",superpopulation,centre" : $",{(i % 3 == 0 ? "AFR" : i % 3 == 1 ? "EUR" : "")},x")));
        var run = (await Runs.TrainAsync(request with { Models = ["ridge"] }, _folder["groups"])).Run;

        var figures = Assert.Single(run.Parts[0].Subgroups);

        Assert.Equal("superpopulation", figures.Column);
        Assert.Equal(["AFR", "EUR"], figures.Groups.Select(group => group.Name));
        Assert.All(figures.Groups, group => Assert.InRange(group.Metrics["auroc"].Value, 0.5, 1));
        var others = MadeGenes.Request(_folder, GeneForm.Genotype, count: 80, from: 700);
        var judged = Runs.EvaluateGenes(run.Model, others.DataPath, others.Data, ledger: new TestLedger(_folder["ledger"]));
        Assert.Empty(judged.Part.Subgroups);
        Assert.Equal(0.5, judged.Genes!.MajorityShare);
    }

    [Fact]
    public async Task Render_ShuffledLabels_StandBesideTheScore()
    {
        FinishedRun finished = await RunAsync(GeneForm.Expression, 2);
        var shuffled = new ShuffledLabels(200, "auroc", 0.93, new Estimate(0.497, 0.381, 0.621, ""), 1.0 / 201);
        ReportContent content = RunReport.Of(finished);
        string page = ReportPage.Render(content with { Genes = content.Genes! with { Shuffled = shuffled } });
        Assert.Contains(ReportTexts.Of(page), text => text.Contains("an AUROC of 0.930 out of fold with the true labels, and 0.497 (0.381 to 0.621) with labels shuffled 200 times; p = 0.005", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Render_ModelBelowItsFloor_SaysSo()
    {
        FinishedRun finished = await RunAsync(GeneForm.Sequence, 2);
        ReportContent content = RunReport.Of(finished);
        string page = ReportPage.Render(content with { Genes = content.Genes! with { Floors = new SequenceFloors(0.5, 0.5, 0.999) } });
        Assert.Contains(ReportTexts.Of(page), text => text.EndsWith("not clearly above the floor of 0.999", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(GeneForm.Expression)]
    [InlineData(GeneForm.Sequence)]
    [InlineData(GeneForm.Genotype)]
    public async Task Render_CardAndEvaluation_SpeakOfGenes(GeneForm form)
    {
        FinishedRun finished = await RunAsync(form, 2);
        var others = MadeGenes.Request(_folder, form, count: 40, from: 500);
        var judged = Runs.EvaluateGenes(finished.Run.Model, others.DataPath, others.Data, ledger: new TestLedger(_folder["ledger"]));
        foreach (ReportContent content in new[] { RunReport.Of(finished.Run.Model), RunReport.Of(judged) })
        {
            string page = ReportPage.Render(content);
            string noun = form == GeneForm.Sequence ? "sequence" : "sample";
            Assert.Contains(ReportTexts.Of(page), text => text.Contains($" {noun}s", StringComparison.Ordinal));
            Assert.Contains("ACMG/AMP", page, StringComparison.Ordinal);
            Assert.DoesNotContain(MadeGenes.Planted, page, StringComparison.Ordinal);
        }

        Assert.Contains("floors", Ids(ReportPage.Render(RunReport.Of(judged))));
    }

    [Fact]
    public void Render_Motifs_AreLogosAsHighAsTheirBits()
    {
        var motif = new SequenceMotif("promoter", 60, 0.61, [1, 0, 0, 0, 0, 0, 0, 1, 0.25, 0.25, 0.25, 0.25], [2, 2, 0]);
        var evidence = new GeneEvidence { Form = GeneForm.Sequence, MajorityShare = 0.5, Motifs = [motif] };
        string page = ReportPage.Render(SampleReports.Heart() with { Genes = evidence });
        Assert.Contains("motifs", Ids(page));
        Assert.Equal(1, Count(page, "class=\"letter-A\""));
        Assert.Equal(1, Count(page, "class=\"letter-T\""));
        Assert.Equal(0, Count(page, "class=\"letter-C\"") + Count(page, "class=\"letter-G\""));
    }

    [Fact]
    public void Render_Mutations_DrawsEveryChange()
    {
        double[] changes = [.. Enumerable.Range(0, 480).Select(i => i % 4 == i / 4 % 4 ? double.NaN : i == 41 ? 2 : -0.5)];
        double[] shares = [.. Enumerable.Range(0, 480).Select(i => i % 4 == i / 4 % 4 ? 1.0 : 0)];
        var map = new MutationMap("promoter", 12, [.. changes], [.. shares]);
        var evidence = new GeneEvidence { Form = GeneForm.Sequence, MajorityShare = 0.5, Mutations = [map] };
        string page = ReportPage.Render(SampleReports.Heart() with { Genes = evidence });
        Assert.Equal(359, Count(page, "class=\"down\"") - 1);
        Assert.Equal(1, Count(page, "class=\"up\"") - 1);
        Assert.Equal(120, Count(page, "class=\"own\"") - 1);
        Assert.Equal(-(2 - 0.5 - 0.5) / 3, map.LossAt(10), 1e-9);
        Assert.Equal(120, map.Places);
    }

    private static IEnumerable<string> Ids(string page) => System.Xml.Linq.XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal))
        .Descendants("section").Select(section => (string?)section.Attribute("id")).OfType<string>();

    private static int Count(string page, string text) => page.Split(text).Length - 1;

    private async Task<FinishedRun> RunAsync(GeneForm form, int classes)
    {
        ImmutableArray<string> models = form == GeneForm.Sequence ? ["k-mer", "one-hot"] : form == GeneForm.Expression ? ["ridge", "elastic-net"] : ["ridge", "elastic-net", "forest"];
        return await Runs.TrainAsync(MadeGenes.Request(_folder, form, classes: classes) with { Models = models }, _folder[string.Create(CultureInfo.InvariantCulture, $"{form}-{classes}-run")]);
    }
}
