using System.Collections.Immutable;
using System.Text.Json;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Architectures;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>A network with first weights, images or tokens, and labels by formula, as make_golden_steps.py has them.</summary>
internal sealed record StepSetting(Architecture Network, int Pixels)
{
    private const int Batch = 8;
    private const int Classes = 10;
    private const int Length = 24;
    private const int Vocabulary = 97;

    public static TheoryData<string> Names => ["resnet18", "mobilenet-v2", "vit-tiny", "transformer-encoder"];

    /// <summary>A network by name; images have 64 pixels a side by default.</summary>
    public static StepSetting Of(string name, int pixels = 64)
    {
        var images = ImageNetworkOptions.Of(pixels, Classes) with { Seed = null };
        var network = name switch
        {
            "resnet18" => ResNet.Build(18, images),
            "mobilenet-v2" => MobileNetV2.Build(images, dropout: 0),
            "vit-tiny" => VisionTransformer.Build(VisionTransformerOptions.Tiny, images),
            "transformer-encoder" => TransformerEncoder.Build(new TransformerEncoderOptions
            {
                Vocabulary = Vocabulary,
                Positions = 32,
                Width = 64,
                Depth = 2,
                Heads = 4,
                Hidden = 128,
                Classes = Classes,
                Seed = null,
            }),
            _ => throw new ArgumentException(name, nameof(name)),
        };
        return new StepSetting(HashedValues.Filled(network), pixels);
    }

    /// <summary>A trainer of every parameter with the golden file's constants.</summary>
    public NetworkTrainer Trainer(JsonElement golden, TaskPool? pool = null)
    {
        Rate = golden.GetProperty("rate").GetSingle();
        return Trainer(
            new SgdOptions
            {
                Momentum = golden.GetProperty("momentum").GetSingle(),
                WeightDecay = golden.GetProperty("decay").GetSingle(),
                IsNesterov = golden.GetProperty("nesterov").GetBoolean(),
            },
            pool);
    }

    public NetworkTrainer Trainer(OptimizerOptions options, TaskPool? pool = null, long memoryLimit = long.MaxValue) => new(
        Network.Graph, Architecture.Logits, new CrossEntropy(), Network.Parameters, Batch, new NetworkTrainingOptions { Optimizer = options }, pool, ImmutableDictionary<string, int>.Empty.Add("L", Length), memoryLimit);

    public float Rate { get; set; } = 0.001f;

    /// <summary>Writes the batch of a step, and makes it.</summary>
    public float Step(NetworkTrainer trainer, int step)
    {
        uint labels = HashedValues.Seed($"labels/{step}");
        for (int i = 0; i < Batch; i++)
        {
            trainer.Input<long>(Loss.TargetName)[i] = HashedValues.Bits(labels, i) % Classes;
        }

        if (Network.Graph.Inputs.Any(input => input.Name == "image"))
        {
            WriteImages(trainer.Input<float>("image"), step);
        }
        else
        {
            WriteTokens(trainer, step);
        }

        return trainer.Step(Rate);
    }

    private void WriteImages(Span<float> images, int step)
    {
        (uint colours, uint noise) = (HashedValues.Seed($"images/{step}/colours"), HashedValues.Seed($"images/{step}"));
        int patches = Pixels / 16;
        for (int i = 0; i < images.Length; i++)
        {
            (int plane, int place) = (i / (Pixels * Pixels), i % (Pixels * Pixels));
            int patch = (((plane * patches) + (place / Pixels / 16)) * patches) + (place % Pixels / 16);
            images[i] = (float)(HashedValues.Even(colours, patch) + (0.25 * HashedValues.Even(noise, i)));
        }
    }

    private static void WriteTokens(NetworkTrainer trainer, int step)
    {
        uint seed = HashedValues.Seed($"tokens/{step}");
        for (int i = 0; i < Batch * Length; i++)
        {
            (int sample, int place) = (i / Length, i % Length);
            trainer.Input<long>("input_ids")[i] = HashedValues.Bits(seed, i) % Vocabulary;
            trainer.Input<long>("attention_mask")[i] = place < Length - sample ? 1 : 0;
            trainer.Input<long>("token_type_ids")[i] = place >= Length / 2 ? 1 : 0;
        }
    }
}
