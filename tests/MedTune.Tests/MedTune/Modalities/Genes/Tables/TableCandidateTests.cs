using MedTune.Data.Genes;
using MedTune.Modalities.Genes;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Models of gene tables: they learn, they are honest, their graphs answer as they were fitted, and threads change nothing.</summary>
public sealed class TableCandidateTests
{
    public static TheoryData<string, GeneForm> Kinds => MadeTables.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_FewTellingColumns_AreLearned(string kind, GeneForm form)
    {
        var data = MadeTables.Of(form, samples: 90, effect: form == GeneForm.Genotype ? 3 : 1.5);
        int[] rows = [.. Enumerable.Range(0, 60)], others = [.. Enumerable.Range(60, 30)];
        var task = MadeTables.Task(data, rows);
        var fit = GeneCandidates.Of(kind).Build(data, MadeTables.Fit(kind, task));

        Assert.True(MadeTables.Auroc(data, rows, fit.OutOfFold) > 0.7, $"out of fold {MadeTables.Auroc(data, rows, fit.OutOfFold)}");
        Assert.True(MadeTables.Auroc(data, others, GraphScorer.Margins(fit.Graph, data, others)) > 0.7);
        Assert.All(GraphScorer.Margins(fit.Graph, data, others), margin => Assert.True(float.IsFinite(margin)));
        Assert.NotEmpty(fit.Losses);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_OtherRows_AreNeverLookedAt(string kind, GeneForm form)
    {
        var data = MadeTables.Of(form);
        int[] rows = [.. Enumerable.Range(0, 48)];
        float[] values = data.Values.ToArray();
        values.AsSpan(48 * data.Features.Length).Fill(1);
        var changed = new GeneData { Input = data.Input, ClassNames = data.ClassNames, Classes = [.. data.Classes.Select((own, row) => row < 48 ? own : 1 - own)], Groups = data.Groups, Features = data.Features, Values = values };

        AssertSame(MadeTables.Fit(kind, MadeTables.Task(data, rows)), MadeTables.Fit(kind, MadeTables.Task(data, rows) with { Data = changed }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_ShuffledLabels_GiveChance(string kind, GeneForm form)
    {
        var data = MadeTables.Of(form, samples: 60, features: 120);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        double mean = Enumerable.Range(0, 6).Average(shuffle =>
        {
            var own = MadeTables.Shuffled(data, (ulong)shuffle + 40);
            return MadeTables.Auroc(own, rows, GeneCandidates.Of(kind).Build(own, MadeTables.Fit(kind, MadeTables.Task(own))).OutOfFold);
        });

        // The standard error of one area is about 0.075 with 30 and 30 samples, that of the mean of six 0.03.
        Assert.InRange(mean, 0.38, 0.62);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_MoreThreads_SameBits(string kind, GeneForm form)
    {
        var data = MadeTables.Of(form, samples: 40, features: 60, classes: 3);
        var one = MadeTables.Fit(kind, MadeTables.Task(data));
        foreach (int threads in new[] { 2, 4 })
        {
            using var pool = new TaskPool(threads);
            AssertSame(one, MadeTables.Fit(kind, MadeTables.Task(data, pool: pool)));
        }
    }

    [Theory]
    [InlineData(Plan.RidgeModel, GeneForm.Expression, true)]
    [InlineData(Plan.ElasticNetModel, GeneForm.Expression, false)]
    public void Build_LinearGraph_AnswersAsTheDirectComputation(string kind, GeneForm form, bool bySample)
    {
        foreach (int classes in new[] { 2, 3 })
        {
            var data = MadeTables.Of(form, classes: classes);
            int[] rows = [.. Enumerable.Range(0, data.Rows)];
            AssertAnswers(data, MadeTables.Fit(kind, MadeTables.Task(data)), kind, MeasuredSpace.Of(data, rows, bySample));
        }
    }

    [Fact]
    public void Build_DosageGraphWithScore_AnswersAsTheDirectComputation()
    {
        var data = MadeTables.Of(GeneForm.Genotype, classes: 3);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        var candidate = new DosageCandidate(new GeneScore("PGS000001", [(0, 0.4), (1, -0.3), (77, 0.1)]));
        var record = candidate.Fit(MadeTables.Task(data), new FitProgressFile(null, ""));
        var space = DosageSpace.Of(data, rows, [new GeneScore("PGS000001", [(0, 0.4), (1, -0.3), (77, 0.1)])]);

        Assert.Equal(data.Features.Length + space.Components + 1, space.Width);
        Assert.InRange(space.Components, 1, 10);
        AssertAnswers(data, record, space, candidate.Build(data, record));
        Assert.Contains(candidate.Build(data, record).Graph.Nodes, node => node.Outputs.Contains("ancestry/components"));
    }

    [Fact]
    public void Build_ElasticNet_NamesTheTellingGenesFirstWithTheirDirection()
    {
        var data = MadeTables.Of(GeneForm.Expression, effect: 2.5);
        var weights = GeneCandidates.Of(Plan.ElasticNetModel).Build(data, MadeTables.Fit(Plan.ElasticNetModel, MadeTables.Task(data))).Weights;

        Assert.Equal([0, 1, 2, 3], weights.Take(4).Select(weight => weight.Feature).Order());
        Assert.All(weights.Take(4), weight => Assert.True(weight.Selected > 0.8));

        // Columns 1 and 3 are high in the positive class.
        Assert.All(weights.Take(4), weight => Assert.Equal(weight.Feature % 2 == 1, weight.Weight > 0));
        Assert.Empty(GeneCandidates.Of(Plan.ElasticNetModel).Build(data, MadeTables.Fit(Plan.ElasticNetModel, MadeTables.Task(data) with { Explains = false })).Weights);
    }

    [Fact]
    public void Fit_ClassThatAFoldLacks_IsFittedWithoutIt()
    {
        var data = MadeTables.Of(GeneForm.Expression, samples: 30, classes: 3);
        int[] labels = [.. data.Classes.Select((own, row) => own == 2 && row > 3 ? 0 : own)];
        var rare = new GeneData { Input = data.Input, ClassNames = data.ClassNames, Classes = [.. labels], Groups = data.Groups, Features = data.Features, Values = data.Values };
        foreach (string kind in new[] { Plan.RidgeModel, Plan.ElasticNetModel, Plan.ForestModel, Plan.BoostingModel })
        {
            var fit = GeneCandidates.Of(kind).Build(rare, MadeTables.Fit(kind, MadeTables.Task(rare)));
            Assert.All(fit.OutOfFold, margin => Assert.True(float.IsFinite(margin)));
        }
    }

    private static void AssertAnswers(GeneData data, FitRecord record, string kind, LinearSpace space) => AssertAnswers(data, record, space, GeneCandidates.Of(kind).Build(data, record));

    private static void AssertAnswers(GeneData data, FitRecord record, LinearSpace space, GeneFit built)
    {
        var fit = new GeneLinearFit(record["intercepts"], [.. record["weights"].Chunk(space.Width)]);
        float[] answered = GraphScorer.Margins(built.Graph, data, [.. Enumerable.Range(0, data.Rows)]);
        var (columns, margins) = (new double[space.Width], new float[data.Margins]);
        for (int row = 0; row < data.Rows; row++)
        {
            space.Row(data.RowOf(row), columns);
            fit.Write(columns, margins);
            for (int margin = 0; margin < margins.Length; margin++)
            {
                Assert.Equal(margins[margin], answered[(row * data.Margins) + margin], 1e-4f);
            }
        }
    }

    private static void AssertSame(FitRecord one, FitRecord other)
    {
        Assert.Equal(one.Names, other.Names);
        Assert.All(one.Names, name => Assert.Equal(one[name], other[name]));
    }
}
