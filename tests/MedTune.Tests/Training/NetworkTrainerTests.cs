using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Architectures;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>The network trainer: memory, frozen layers, dropout, and what comes out.</summary>
public sealed class NetworkTrainerTests
{
    [Theory]
    [InlineData("resnet-small", 1)]
    [InlineData("resnet-small", 2)]
    [InlineData("vit", 2)]
    public void Step_Again_AllocatesNothing(string name, int threads)
    {
        using var pool = new TaskPool(threads);
        using var trainer = Trainer(SampleArchitectures.Small(name), pool: pool);
        long allocated = long.MaxValue;
        for (int attempt = 0; attempt < 5 && allocated != 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Step(0.01f);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Step_HeadOnly_LeavesEverythingElseAsItWas()
    {
        var network = SampleArchitectures.Small("resnet-small");
        using var trainer = Trainer(network, parameters: ["fc.weight", "fc.bias"]);
        float first = trainer.Step(0.05f);
        float last = 0;
        for (int step = 0; step < 10; step++)
        {
            last = trainer.Step(0.05f);
        }

        Assert.True(last < first, $"The loss went from {first} to {last}.");
        var result = trainer.Result();
        foreach (string name in network.Parameters.Concat(network.Statistics))
        {
            bool same = network.Graph.Initializers[name].Values<float>().SequenceEqual(result.Initializers[name].Values<float>());
            Assert.Equal(!name.StartsWith("fc.", StringComparison.Ordinal), same);
        }
    }

    [Fact]
    public void Result_AfterSteps_IsTheInferenceFormWithMovedStatistics()
    {
        var network = SampleArchitectures.Small("resnet-small");
        using var trainer = Trainer(network);
        trainer.Step(0.01f);
        var result = trainer.Result();
        Assert.Equal(network.Graph.Nodes, result.Nodes);
        Assert.Equal(network.Graph.Outputs, result.Outputs);
        Assert.All(network.Statistics, name => Assert.NotEqual(network.Graph.Initializers[name].Values<float>().ToArray(), result.Initializers[name].Values<float>().ToArray()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_RunningVariance_MovesTowardsTheUnbiasedOne(bool isBehindConvolution)
    {
        var build = new GraphBuilder("normalized");
        var x = build.Input("x", ElementType.Float, Dimension.Batch, 1, 2, 2);
        x = isBehindConvolution ? build.Append("Conv", [x, build.Initializer("filter", new Tensor<float>(new Shape(1, 1, 1, 1), [1f]))]) : x;
        var (one, zero) = (new Tensor<float>(new Shape(1), [1f]), new Tensor<float>(new Shape(1), [0f]));
        var y = build.Append("BatchNormalization", [x, build.Initializer("scale", one), build.Initializer("bias", zero), build.Initializer("mean", zero), build.Initializer("variance", one)]);
        build.Output(build.Append("Flatten", [build.Append("GlobalAveragePool", [y])], outputName: "margin"));
        using var trainer = new NetworkTrainer(build.Build(), "margin", new BinaryCrossEntropy(), ["scale"], 2);
        new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }.CopyTo(trainer.Input<float>("x"));
        trainer.Step(0.01f);
        Assert.Equal(0.9f + (0.1f * 6), trainer.Weights("variance")[0], 1e-6f);
        Assert.Equal(0.1f * 4.5f, trainer.Weights("mean")[0], 1e-6f);
    }

    [Fact]
    public void Step_WithDropout_DrawsBySeedAndStep()
    {
        var network = TransformerEncoder.Build(SampleArchitectures.SmallTransformer with { Dropout = 0.3f });
        float[] Losses(ulong seed)
        {
            using var trainer = Trainer(network, seed: seed);
            return [.. Enumerable.Range(0, 3).Select(_ => trainer.Step(1e-9f))];
        }

        float[] losses = Losses(1);
        Assert.Equal(losses, Losses(1));
        Assert.NotEqual(losses, Losses(2));
        Assert.Equal(3, losses.Distinct().Count());
    }

    [Fact]
    public void Constructor_OneValuePerChannel_IsRefused()
    {
        var network = SampleArchitectures.Small("resnet18");
        Assert.Contains("one value per channel", Assert.Throws<InvalidGraphException>(() => Trainer(network, batch: 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd([1], new SgdOptions { Momentum = 1 }));
    }

    [Theory]
    [InlineData(0f, 0f, false)]
    [InlineData(0.9f, 0f, false)]
    [InlineData(0.9f, 0.01f, false)]
    [InlineData(0.5f, 0.1f, true)]
    [Trait("Category", "InstructionSet")]
    public void Sgd_Steps_FollowTheFormula(float momentum, float decay, bool isNesterov)
    {
        foreach (int length in new[] { 1, 7, 16, 67 })
        {
            var optimizer = new Sgd([3, length], new SgdOptions { Momentum = momentum, WeightDecay = decay, IsNesterov = isNesterov });
            float[] weights = new float[length], gradient = new float[length], expected, velocity = new float[length];
            HashedValues.Fill("weights", weights);
            expected = [.. weights];
            for (int step = 0; step < 3; step++)
            {
                HashedValues.Fill($"gradient {step}", gradient);
                for (int i = 0; i < length; i++)
                {
                    float g = gradient[i] + (decay * expected[i]);
                    velocity[i] = (momentum * velocity[i]) + g;
                    expected[i] -= 0.1f * (momentum == 0 ? g : isNesterov ? g + (momentum * velocity[i]) : velocity[i]);
                }

                int half = length / 2;
                optimizer.Step(1, 0, weights.AsSpan(0, half), gradient.AsSpan(0, half), 0.1f);
                optimizer.Step(1, half, weights.AsSpan(half), gradient.AsSpan(half), 0.1f);
            }

            Assert.Equal(expected, weights);
        }
    }

    private static NetworkTrainer Trainer(Architecture network, IEnumerable<string>? parameters = null, TaskPool? pool = null, ulong seed = 0, int batch = 4)
    {
        var trainer = new NetworkTrainer(
            network.Graph, Architecture.Logits, new CrossEntropy(), parameters ?? network.Parameters, batch, pool: pool, dimensions: new PlanOptions().Dimensions.Add("L", 7))
        {
            Seed = seed,
        };
        foreach (var input in network.Graph.Inputs)
        {
            if (input.Type.Element == ElementType.Float)
            {
                HashedValues.Fill(input.Name, trainer.Input<float>(input.Name));
            }
        }

        for (int i = 0; i < batch; i++)
        {
            trainer.Input<long>(Loss.TargetName)[i] = i % 3;
        }

        return trainer;
    }
}
