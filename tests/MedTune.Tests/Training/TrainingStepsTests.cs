using System.Text.Json;
using MedTune.Tests.Graphs.Architectures;
using MedTune.Tests.House;
using MedTune.Training;
using Xunit.Abstractions;

namespace MedTune.Tests.Training;

/// <summary>The first 20 steps of four networks against PyTorch 1.13, from the same weights and data (tests/TestData/Training/make_golden_steps.py).</summary>
public sealed class TrainingStepsTests(ITestOutputHelper output)
{
    private const int Samples = 64;

    [Theory]
    [MemberData(nameof(StepSetting.Names), MemberType = typeof(StepSetting))]
    public void Step_TwentyTimes_EqualsPyTorch(string name)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Repository.PathOf($"tests/TestData/Training/steps-{name}.json")));
        double[] losses = [.. golden.RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
        var setting = StepSetting.Of(name);
        using var trainer = setting.Trainer(golden.RootElement);
        double worst = 0;
        for (int step = 0; step < losses.Length; step++)
        {
            double loss = setting.Step(trainer, step);
            worst = Math.Max(worst, Math.Abs(loss - losses[step]) / losses[step]);
            Assert.True(worst <= 1e-4, $"Step {step} has loss {loss:R}; PyTorch has {losses[step]:R}.");
        }

        output.WriteLine($"{name}: losses within {worst:E1}");
        foreach (var expected in golden.RootElement.GetProperty("weights").EnumerateObject())
        {
            CompareWeights(setting, trainer, expected.Name, [.. expected.Value.EnumerateArray().Select(weight => weight.GetDouble())]);
        }
    }

    /// <summary>The weights within a thousandth, and the way they went within a tenth: rates are small, so weights alone would hide a wrong gradient.</summary>
    private static void CompareWeights(StepSetting setting, NetworkTrainer trainer, string name, double[] expected)
    {
        var weights = trainer.Weights(name);
        var first = setting.Network.Graph.Initializers[name].Values<float>();
        uint seed = HashedValues.Seed("sample/" + name);
        double largest = 0, difference = 0, apart = 0, moved = 0;
        for (int i = 0; i < Samples; i++)
        {
            int index = (int)(HashedValues.Bits(seed, i) % (uint)weights.Length);
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs(weights[index] - expected[i]));
            apart += Math.Pow(weights[index] - expected[i], 2);
            moved += Math.Pow(first[index] - expected[i], 2);
        }

        Assert.True(difference <= 1e-3 * largest, $"{name} differs by {difference:E1}; its weights are as large as {largest:E1}.");
        (apart, moved) = (Math.Sqrt(apart), Math.Sqrt(moved));
        Assert.True(apart <= (0.1 * moved) + (1e-5 * largest), $"{name} moved by {moved:E1} and ended {apart:E1} from where PyTorch is.");
    }
}
