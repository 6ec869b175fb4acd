using System.Globalization;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Architectures;
using MedTune.Training;
using Xunit.Abstractions;

namespace MedTune.Tests.Training;

/// <summary>Values that are computed again in the backward pass: less memory, the same bits.</summary>
public sealed class RecomputationTests(ITestOutputHelper output)
{
    private const int Steps = 2;

    [Theory]
    [MemberData(nameof(StepSetting.Names), MemberType = typeof(StepSetting))]
    public void Step_WithinAnyLimit_GivesTheSameWeights(string name)
    {
        var setting = StepSetting.Of(name, pixels: 32);
        (long most, long least) = Limits(limit => setting.Trainer(new SgdOptions(), memoryLimit: limit));
        string expected = Train(setting, long.MaxValue);
        Assert.Equal(expected, Train(setting, least));
        Assert.Equal(expected, Train(setting, (least + most) / 2));
    }

    [Theory]
    [InlineData("mobilenet-v2", 64, 0.66)]
    [InlineData("vit", 512, 0.7)] // without matrices of scores there is less to leave out
    [InlineData("densenet121", 64, 0.66)]
    public void Limit_ManySamples_CanBeWellBelowWhatIsUsedWithoutOne(string name, int batch, double share)
    {
        var network = SampleArchitectures.Small(name);
        (long most, long least) = Limits(limit => new NetworkTrainer(
            network.Graph, Architecture.Logits, new CrossEntropy(), network.Parameters.Take(1), batch, new NetworkTrainingOptions { Optimizer = new SgdOptions { Momentum = 0 } }, memoryLimit: limit));
        Assert.InRange(least, 1, (long)(most * share));
    }

    [Fact]
    public void Step_DropoutWithinALimit_DrawsTheSameMask()
    {
        var network = TransformerEncoder.Build(SampleArchitectures.SmallTransformer with { Dropout = 0.3f });
        long limit = long.MaxValue;
        float[] Losses(out int copies)
        {
            using var trainer = new NetworkTrainer(
                network.Graph, Architecture.Logits, new CrossEntropy(), network.Parameters, 64, dimensions: new PlanOptions().Dimensions.Add("L", 7), memoryLimit: limit)
            {
                Seed = 3,
            };
            trainer.Input<long>("attention_mask").Fill(1);
            for (int i = 0; i < 64 * 7; i++)
            {
                trainer.Input<long>("input_ids")[i] = i % 31;
            }

            copies = trainer.Plan.StepNodes.Count(node => node.OpType == "RandomDropout");
            return [.. Enumerable.Range(0, 4).Select(_ => trainer.Step(0.05f))];
        }

        float[] expected = Losses(out int once);
        limit = 1;
        limit = Assert.Throws<MemoryShortageException>(() => Losses(out _)).Needed;
        Assert.Equal(expected, Losses(out int more));
        Assert.True(more > once, "No Dropout was computed again.");
    }

    [Fact]
    public void Plan_LargeNetwork_ComputesSweepsAgainAndNothingElse()
    {
        var (model, graph) = WithLoss("resnet18");
        var options = new PlanOptions { Mutable = model.Mutable }.WithBatch(48);
        var (plain, sweeps) = (PlanReport.Of(graph, options with { RecomputesSweeps = false }), PlanReport.Of(graph, options));
        Assert.Equal(0, plain.RecomputedBytes);
        Assert.True(sweeps.RecomputedBytes > 0);
        Assert.InRange(sweeps.ArenaBytes, 1, plain.ArenaBytes * 9 / 10);
        Assert.Equal(plain.MultiplyAdds, sweeps.MultiplyAdds);
        float[][] gradients = [.. new[] { options with { RecomputesSweeps = false }, options }.Select(each =>
        {
            using var plan = ExecutionPlan.Compile(graph, each);
            HashedValues.Fill("image", plan.Input<float>("image"));
            plan.Run();
            return model.Parameters.SelectMany(name => plan.Output<float>(Gradients.NameOf(name)).ToArray()).ToArray();
        })];
        Assert.Equal(gradients[0], gradients[1]);
    }

    [Fact]
    public void Plan_WithALimitBelowWhatSweepsSave_ComputesProductsAgainAndCountsEverything()
    {
        var (model, graph) = WithLoss("mobilenet-v2");
        var options = new PlanOptions { Mutable = model.Mutable }.WithBatch(16);
        var free = PlanReport.Of(graph, options);
        Assert.Equal(0, free.RecomputedBytes); // here sweeps save a twentieth, which is not worth them
        var limited = PlanReport.Of(graph, options with { TotalLimit = free.TotalBytes * 7 / 10, CompanionBytes = 1000 });
        Assert.InRange(limited.TotalBytes, 1, free.TotalBytes * 7 / 10);
        Assert.True(limited.MultiplyAdds > free.MultiplyAdds);
    }

    private static (TrainableModel Model, Graph Graph) WithLoss(string name)
    {
        var model = TrainableModel.Of(StepSetting.Of(name).Network.Graph);
        var builder = GraphBuilder.From(model.Graph);
        var target = builder.Input("target", ElementType.Int64, Dimension.Batch);
        builder.Output(builder.MeanOverSamples(builder.Append("SoftmaxCrossEntropyLoss", [builder[Architecture.Logits], target], Attributes.None.With("reduction", "none"))), "loss");
        return (model, Gradients.Build(builder.Build(), "loss", model.Parameters));
    }

    /// <summary>What a step takes without a limit, and the least that the refusal of a limit names; at that it is planned, and below it not.</summary>
    private (long Most, long Least) Limits(Func<long, NetworkTrainer> trainer)
    {
        using var free = trainer(long.MaxValue);
        var refusal = Assert.Throws<MemoryShortageException>(() => trainer(1));
        long least = refusal.Needed;
        Assert.Contains(least.ToString(CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
        output.WriteLine($"{free.TotalBytes} bytes, or {least}");
        Assert.Throws<MemoryShortageException>(() => trainer(least - 1));
        using var limited = trainer(least);
        Assert.InRange(limited.TotalBytes, 1, least);
        return (free.TotalBytes, least);
    }

    private static string Train(StepSetting setting, long limit)
    {
        using var pool = new TaskPool(2);
        using var trainer = setting.Trainer(new SgdOptions(), pool, limit);
        for (int step = 0; step < Steps; step++)
        {
            setting.Step(trainer, step);
        }

        return TrainingBitsTests.Digest(setting, trainer);
    }
}
