using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Tests.House;

namespace MedTune.Tests.Prediction;

/// <summary>Explanations of gene models against answers for inputs that were changed by hand.</summary>
public sealed class GeneExplainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(GeneForm.Expression)]
    [InlineData(GeneForm.Genotype)]
    public async Task Explain_Sample_IsTheAnswerLessThatWithTheValueMissing(GeneForm form)
    {
        (ModelFile model, GeneSet set) = await TrainedAsync(form);
        using var explainer = new GeneExplainer(model, 2);
        using var predictor = new GenePredictor(model, 1);

        var explanation = explainer.Explain(set, [3])[0];

        Assert.Equal(model.Manifest.Genes!.Features, explanation.Effects.Select(effect => effect.Feature));
        double own = LogOdds(predictor.Predict(set.Take([3]))[0]);
        Assert.Equal(own, explanation.LogOdds, 1e-4);
        Assert.Equal(model.Manifest.Classes[1], explanation.ExplainedClass);
        foreach (var effect in explanation.Effects)
        {
            var others = set.Arranged([.. set.Features.Where(name => name != effect.Feature)], out _).Take([3]);
            double expected = double.IsNaN(effect.Value) ? 0 : own - LogOdds(predictor.Predict(others)[0]);
            Assert.Equal(expected, effect.LogOdds, 1e-4);
        }

        Assert.Contains(explanation.Effects, effect => Math.Abs(effect.LogOdds) > 0.05);
    }

    [Fact]
    public async Task Explain_MoreGenesThanABlock_LeavesNoneOut()
    {
        // 60 genes that tell the class, and many columns of the same name pattern that do not.
        var request = MadeGenes.Request(_folder, GeneForm.Expression);
        string[] lines = await File.ReadAllLinesAsync(request.DataPath);
        int samples = lines[0].Split('\t').Length - 1;
        await File.WriteAllLinesAsync(request.DataPath, [.. lines, .. Enumerable.Range(0, 240).Select(gene => $"X{gene}\t" + string.Join('\t', Enumerable.Range(0, samples).Select(i => (i * 7919 * (gene + 3)) % 101)))]);
        ModelFile model = (await Runs.TrainAsync(request with { Models = ["elastic-net"] }, _folder["wide"])).Run.Model;
        var set = GeneSet.OpenUnlabelled(request.DataPath, request.Data, GeneForm.Expression, model.Manifest.Genes!.Features);
        using var explainer = new GeneExplainer(model, 1);
        using var predictor = new GenePredictor(model, 1);

        var effects = explainer.Explain(set, [0])[0].Effects;

        double own = LogOdds(predictor.Predict(set.Take([0]))[0]);
        foreach (var effect in effects)
        {
            double without = LogOdds(predictor.Predict(set.Arranged([.. set.Features.Where(name => name != effect.Feature)], out _).Take([0]))[0]);
            Assert.Equal(own - without, effect.LogOdds, 1e-4);
        }

        Assert.True(effects.Count(effect => effect.LogOdds != 0) is > 1 and < 150);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Mutate_Sequence_IsTheAnswerForEachChange(int classes)
    {
        (ModelFile model, GeneSet set) = await TrainedAsync(GeneForm.Sequence, classes);
        using var explainer = new GeneExplainer(model, 2);
        using var predictor = new GenePredictor(model, 1);
        string letters = set.Sequences[classes - 1];

        var mutations = explainer.Mutate(letters);

        int answered = model.Manifest.Classes.IndexOf(mutations.ExplainedClass);
        double own = LogOdds(predictor.Predict([letters])[0], answered);
        Assert.Equal(own, mutations.LogOdds, 1e-3);
        Assert.Equal(4 * letters.Length, mutations.Changes.Length);
        for (int i = 0; i < mutations.Changes.Length; i++)
        {
            char[] changed = letters.ToCharArray();
            changed[i / 4] = "ACGT"[i % 4];
            Assert.Equal(LogOdds(predictor.Predict([new string(changed)])[0], answered) - own, mutations.Changes[i], 1e-3);
        }

        (char letter, double change) = mutations.LargestAt(12);
        Assert.Equal(mutations.Changes[48 + "ACGT".IndexOf(letter, StringComparison.Ordinal)], change);
        Assert.Equal(Enumerable.Range(48, 4).Max(i => Math.Abs(mutations.Changes[i])), Math.Abs(change));
    }

    [Fact]
    public async Task Mutate_OtherForms_AreRefusedInASentence()
    {
        (ModelFile tables, GeneSet set) = await TrainedAsync(GeneForm.Genotype);
        using var explainer = new GeneExplainer(tables, 1);
        Assert.Contains("not letters", Assert.Throws<DataException>(() => explainer.Mutate("ACGT")).Message, StringComparison.Ordinal);
        (ModelFile letters, _) = await TrainedAsync(GeneForm.Sequence);
        using var mutating = new GeneExplainer(letters, 1);
        Assert.Contains("no genes", Assert.Throws<DataException>(() => mutating.Explain(set, [0])).Message, StringComparison.Ordinal);
        Assert.Contains("4001 letters", Assert.Throws<DataException>(() => mutating.Mutate(new string('A', 4001))).Message, StringComparison.Ordinal);
    }

    /// <summary>Of the positive class of two, or of a class against the mean of all.</summary>
    private static double LogOdds(global::MedTune.Prediction.Prediction answer, int answered = 1) => answer.Probabilities.Length == 2
        ? Math.Log(answer.Probabilities[1] / answer.Probabilities[0])
        : Math.Log(answer.Probabilities[answered]) - answer.Probabilities.Average(Math.Log);

    private async Task<(ModelFile Model, GeneSet Set)> TrainedAsync(GeneForm form, int classes = 2)
    {
        var request = MadeGenes.Request(_folder, form, classes: classes);
        ImmutableArray<string> models = form == GeneForm.Sequence ? ["k-mer", "one-hot"] : ["ridge", "forest"];
        ModelFile model = (await Runs.TrainAsync(request with { Models = models }, _folder[$"{form}-{classes}"])).Run.Model;
        return (model, GeneSet.OpenUnlabelled(request.DataPath, request.Data, form, model.Manifest.Genes!.Features));
    }
}
