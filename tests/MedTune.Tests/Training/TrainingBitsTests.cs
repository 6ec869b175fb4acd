using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedTune.Tensors;
using MedTune.Tests.House;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>Training steps give the same weights, bit for bit, with any number of threads and on any instruction set.</summary>
public sealed class TrainingBitsTests
{
    private const int Pixels = 32;
    private const int FullPixels = 224;
    private const int FewSteps = 3;
    private const int ManySteps = 20;
    private static readonly string Recorded = Repository.PathOf("tests/TestData/Training/step-bits.txt");

    private static bool IsFast => InstructionSets.Active is InstructionSet.Vector512 or InstructionSet.Vector256;

    [Theory]
    [Trait("Category", "InstructionSet")]
    [MemberData(nameof(StepSetting.Names), MemberType = typeof(StepSetting))]
    public void Step_AnyThreadsAndInstructionSet_GivesTheRecordedWeights(string name)
    {
        // Scalar arithmetic emulates every fused multiply-add: three steps on one thread take as long as all the others together.
        Check(name, name, Pixels, IsFast ? ManySteps : FewSteps);
    }

    /// <summary>The same with images of 224 pixels: minutes of work, so only when asked (<c>MEDTUNE_FULL_SIZE=1 ./test FullSize --modes</c>).</summary>
    [Theory]
    [Trait("Category", "InstructionSet")]
    [InlineData("resnet18")]
    [InlineData("mobilenet-v2")]
    [InlineData("vit-tiny")]
    public void Step_FullSizeWhenAsked_GivesTheRecordedWeights(string name)
    {
        if (Environment.GetEnvironmentVariable("MEDTUNE_FULL_SIZE") == "1" && IsFast)
        {
            Check($"{name}@{FullPixels}", name, FullPixels, ManySteps);
        }
    }

    private static void Check(string record, string name, int pixels, int steps)
    {
        var digests = (IsFast ? [1, 2, 4] : new[] { 2 }).Select(threads => Digests(name, pixels, threads, steps)).ToArray();
        Assert.All(digests, digest => Assert.Equal(digests[0], digest));
        var lines = File.Exists(Recorded) ? File.ReadAllLines(Recorded).ToList() : [];
        if (Environment.GetEnvironmentVariable("MEDTUNE_WRITE_BITS") == "1" && IsFast)
        {
            lines.RemoveAll(line => line.StartsWith(record + " ", StringComparison.Ordinal));
            lines.Add($"{record} {digests[0].Few} {digests[0].Many}");
            File.WriteAllLines(Recorded, lines.Order(StringComparer.Ordinal));
            return;
        }

        string[] expected = Assert.Single(lines, line => line.StartsWith(record + " ", StringComparison.Ordinal)).Split(' ');
        Assert.Equal(expected[1], digests[0].Few);
        Assert.Equal(steps == ManySteps ? expected[2] : "", digests[0].Many);
    }

    /// <summary>The digest of all weights and running statistics after 3 steps, and after 20 where as many are made.</summary>
    private static (string Few, string Many) Digests(string name, int pixels, int threads, int steps)
    {
        var setting = StepSetting.Of(name, pixels);
        using var pool = new TaskPool(threads);
        using var trainer = setting.Trainer(new SgdOptions { WeightDecay = 1e-4f, IsNesterov = true }, pool);
        string few = "";
        for (int step = 0; step < steps; step++)
        {
            float loss = setting.Step(trainer, step);
            Assert.True(float.IsFinite(loss), $"Step {step} has the loss {loss}.");
            few = step + 1 == FewSteps ? Digest(setting, trainer) : few;
        }

        return (few, steps > FewSteps ? Digest(setting, trainer) : "");
    }

    internal static string Digest(StepSetting setting, NetworkTrainer trainer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string parameter in setting.Network.Parameters.Concat(setting.Network.Statistics))
        {
            hash.AppendData(MemoryMarshal.AsBytes(trainer.Weights(parameter)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
