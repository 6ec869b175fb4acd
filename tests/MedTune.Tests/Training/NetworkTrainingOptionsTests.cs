using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>Rates by name, pull to the start, a limit of gradients, averaged weights, AdamW: each by its formula, and a checkpoint goes on to the same bits.</summary>
public sealed class NetworkTrainingOptionsTests
{
    [Fact]
    public void AdamW_ThreeSteps_AreTheFormula()
    {
        float[] weights = [1f, -2f, 0.5f];
        var optimizer = new TensorAdamW([1, 3], new AdamWOptions { WeightDecay = 0.1f });
        double[] expected = [1, -2, 0.5], mean = new double[3], square = new double[3];
        for (int step = 1; step <= 3; step++)
        {
            float[] gradient = [0.3f * step, -0.1f, 0f];
            optimizer.Begin();
            optimizer.Step(1, 0, weights.AsSpan(0, 2), gradient.AsSpan(0, 2), 0.01f);
            optimizer.Step(1, 2, weights.AsSpan(2), gradient.AsSpan(2), 0.01f, decayScale: 0);
            for (int i = 0; i < 3; i++)
            {
                mean[i] = (0.9 * mean[i]) + (0.1 * gradient[i]);
                square[i] = (0.999 * square[i]) + (0.001 * gradient[i] * gradient[i]);
                double power1 = 1, power2 = 1;
                for (int t = 0; t < step; t++)
                {
                    (power1, power2) = (power1 * 0.9, power2 * 0.999);
                }

                double move = 0.01 * (mean[i] / (1 - power1)) / (Math.Sqrt(square[i] / (1 - power2)) + 1e-8);
                expected[i] -= (i == 2 ? 0 : 0.01 * 0.1 * expected[i]) + move;
            }
        }

        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(expected[i], weights[i], 2e-6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorAdamW([1], new AdamWOptions { Beta1 = 1 }));
    }

    [Fact]
    [Trait("Category", "InstructionSet")]
    public void AdamUpdate_EveryWidthAndCut_GivesTheSameBits()
    {
        var random = new Philox(1, RandomPurpose.Search, 9);
        float[] Start(int stream) => [.. Enumerable.Range(0, 83).Select(i => random.Uniform((ulong)((stream * 100) + i)) + (stream == 3 ? 0.01f : -0.3f))];
        var constants = new AdamConstants(0.01f, 0.9f, 0.999f, 2.3f, 17f, 1e-8f, 0.002f);
        var (whole, wholeMean, wholeSquare) = (Start(0), Start(1), Start(3));
        AdamUpdate.Apply(whole, wholeMean, wholeSquare, Start(2), constants);
        var (cut, cutMean, cutSquare) = (Start(0), Start(1), Start(3));
        for (int from = 0; from < 83; from += 10)
        {
            int count = Math.Min(10, 83 - from);
            AdamUpdate.Apply(cut.AsSpan(from, count), cutMean.AsSpan(from, count), cutSquare.AsSpan(from, count), Start(2).AsSpan(from, count), constants);
        }

        var (scalar, scalarMean, scalarSquare, gradient) = (Start(0), Start(1), Start(3), Start(2));
        AdamUpdate.Sweep<ScalarLanes>(ref scalar[0], ref scalarMean[0], ref scalarSquare[0], ref gradient[0], 83, constants);
        Assert.Equal(whole, cut);
        Assert.Equal(whole, scalar);
        Assert.Equal(wholeSquare, scalarSquare);
    }

    [Fact]
    public void Rates_ByName_ScaleTheStepOrKeepTheWeight()
    {
        float[] free = Moved(new NetworkTrainingOptions { Optimizer = new SgdOptions { Momentum = 0 } });
        float[] scaled = Moved(new NetworkTrainingOptions { Optimizer = new SgdOptions { Momentum = 0 }, Rates = [new("*", 0.25f)] });
        float[] kept = Moved(new NetworkTrainingOptions { Optimizer = new SgdOptions { Momentum = 0 }, Rates = [new("*", 1), new("w?", 0)] });
        Assert.All(Enumerable.Range(0, 2), i => Assert.Equal((free[i] - Weights[i]) / 4, scaled[i] - Weights[i], 1e-6f));
        Assert.Equal(Weights, kept);
    }

    [Fact]
    public void LargestGradient_ShortensToTheNorm()
    {
        var plain = new SgdOptions { Momentum = 0 };
        float[] free = Moved(new NetworkTrainingOptions { Optimizer = plain }), clipped = Moved(new NetworkTrainingOptions { Optimizer = plain, LargestGradient = 0.01f });
        double length = Math.Sqrt(Enumerable.Range(0, 2).Sum(i => (clipped[i] - (double)Weights[i]) * (clipped[i] - (double)Weights[i])));
        Assert.Equal(0.1 * 0.01, length, 1e-6);
        Assert.Equal((free[0] - Weights[0]) / (free[1] - Weights[1]), (clipped[0] - Weights[0]) / (clipped[1] - Weights[1]), 1e-2f);
    }

    [Fact]
    public void PullToStart_HoldsWeightsBack()
    {
        var plain = new SgdOptions { Momentum = 0 };
        double free = Distance(Moved(new NetworkTrainingOptions { Optimizer = plain }, steps: 30));
        double held = Distance(Moved(new NetworkTrainingOptions { Optimizer = plain, PullToStart = 2 }, steps: 30));
        Assert.True(held < 0.5 * free, $"{held} of {free}");
        static double Distance(float[] weights) => Enumerable.Range(0, 2).Sum(i => Math.Abs(weights[i] - (double)Weights[i]));
    }

    [Fact]
    public void Averaging_ByHand_FollowsTheWeights()
    {
        using var trainer = Trainer(new NetworkTrainingOptions { Averaging = 0.9f });
        double[] expected = [Weights[0], Weights[1]];
        for (int step = 0; step < 5; step++)
        {
            trainer.Step(0.1f);
            float stays = Math.Min(0.9f, (1f + step) / (10f + step));
            expected = [.. expected.Select((value, i) => value + ((1 - stays) * (trainer.Weights("w1")[i] - value)))];
        }

        var averaged = trainer.AveragedResult().Initializers["w1"].Values<float>();
        Assert.Equal(expected[0], averaged[0], 1e-5);
        Assert.Equal(expected[1], averaged[1], 1e-5);
        Assert.NotEqual(trainer.Weights("w1")[0], averaged[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SaveAndLoad_GoOnToTheSameBits(bool isAdam)
    {
        OptimizerOptions optimizer = isAdam ? new AdamWOptions() : new SgdOptions();
        var options = new NetworkTrainingOptions { Optimizer = optimizer, Averaging = 0.99f, PullToStart = 0.01f, LargestGradient = 1 };
        using var one = Trainer(options);
        one.Step(0.1f);
        one.Step(0.1f);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            one.Save(writer);
        }

        stream.Position = 0;
        using var other = Trainer(options);
        using (var reader = new BinaryReader(stream))
        {
            other.Load(reader);
        }

        Assert.Equal(one.Step(0.05f), other.Step(0.05f));
        Assert.Equal(one.Weights("w1").ToArray(), other.Weights("w1").ToArray());
        Assert.Equal(one.AveragedResult().Initializers["w1"].Values<float>().ToArray(), other.AveragedResult().Initializers["w1"].Values<float>().ToArray());
        Assert.Equal(3, other.Steps);
    }

    [Fact]
    public void Step_EveryOption_AllocatesNothing()
    {
        using var trainer = Trainer(new NetworkTrainingOptions { Optimizer = new AdamWOptions(), Averaging = 0.9f, PullToStart = 0.1f, LargestGradient = 1 });
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
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Trainer(new NetworkTrainingOptions { Averaging = 1 }));
        Assert.Throws<ArgumentException>(() => Trainer(new NetworkTrainingOptions { LargestGradient = 0 }));
        Assert.Throws<ArgumentException>(() => Trainer(new NetworkTrainingOptions { Rates = [new("*", -1)] }));
        Assert.Throws<ArgumentException>(() => Trainer(new NetworkTrainingOptions { PullToStart = float.NaN }));
    }

    private static readonly float[] Weights = [0.5f, -0.25f];

    private static float[] Moved(NetworkTrainingOptions options, int steps = 1)
    {
        using var trainer = Trainer(options);
        for (int step = 0; step < steps; step++)
        {
            trainer.Step(0.1f);
        }

        return trainer.Weights("w1").ToArray();
    }

    private static NetworkTrainer Trainer(NetworkTrainingOptions options)
    {
        var build = new GraphBuilder("line");
        var x = build.Input("x", ElementType.Float, Dimension.Batch, 2);
        var w = build.Initializer("w1", new Tensor<float>(new Shape(2, 1), Weights));
        build.Output(build.MatMul(x, w), "margin");
        var trainer = new NetworkTrainer(build.Build(), "margin", new BinaryCrossEntropy(), ["w1"], 4, options);
        new float[] { 1, 2, -1, 0.5f, 0.3f, -2, 2, 1 }.CopyTo(trainer.Input<float>("x"));
        new float[] { 1, 0, 1, 1 }.CopyTo(trainer.Input<float>(Loss.TargetName));
        return trainer;
    }
}
