using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Architectures;

/// <summary>Every architecture, in its published extents without weights and in small ones with them.</summary>
internal static class SampleArchitectures
{
    public static TransformerEncoderOptions SmallTransformer { get; } = new()
    {
        Vocabulary = 31, Positions = 16, Width = 24, Depth = 2, Heads = 3, Hidden = 40, Classes = 3, Seed = 4,
    };

    private static VisionTransformerOptions SmallVision { get; } = new() { Patch = 8, Width = 24, Depth = 2, Heads = 3 };

    public static TheoryData<string> Names => ["transformer-encoder", "vit", "vit-registers"];

    /// <summary>The network for ImageNet's images and classes, all random weights zero.</summary>
    public static Architecture Published(string name)
    {
        var options = new ImageNetworkOptions { Seed = null };
        return name switch
        {
            "vit-tiny" => VisionTransformer.Build(VisionTransformerOptions.Tiny, options),
            "vit-small" => VisionTransformer.Build(VisionTransformerOptions.Small, options),
            "vit-base" => VisionTransformer.Build(VisionTransformerOptions.Base, options),
            _ => throw new ArgumentException(name, nameof(name)),
        };
    }

    /// <summary>A network of the family that runs in milliseconds.</summary>
    public static Architecture Small(string name)
    {
        var images = ImageNetworkOptions.Of(32, 3) with { Seed = 4 };
        return name switch
        {
            "transformer-encoder" => TransformerEncoder.Build(SmallTransformer),
            "vit" => VisionTransformer.Build(SmallVision, images),
            "vit-registers" => VisionTransformer.Build(SmallVision with { Registers = 2, LayerScale = 0.1f }, images with { Width = 48 }),
            _ => throw new ArgumentException(name, nameof(name)),
        };
    }

    /// <summary>A plan with inputs filled in: images from a formula, tokens that count up.</summary>
    public static ExecutionPlan Compile(Graph graph, int samples)
    {
        var options = new PlanOptions { Dimensions = new PlanOptions().Dimensions.Add("L", 7) }.WithBatch(samples);
        var plan = ExecutionPlan.Compile(graph, options);
        foreach (var input in graph.Inputs)
        {
            if (input.Type.Element == ElementType.Int64)
            {
                var numbers = plan.Input<long>(input.Name);
                for (int i = 0; i < numbers.Length; i++)
                {
                    numbers[i] = input.Name == "input_ids" ? i % 31 : input.Name == "token_type_ids" ? i / 3 % 2 : 1;
                }
            }
            else
            {
                HashedValues.Fill(input.Name, plan.Input<float>(input.Name));
            }
        }

        return plan;
    }
}
