using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Architectures;

/// <summary>Every architecture, in its published extents without weights and in small ones with them.</summary>
internal static class SampleArchitectures
{
    public static TransformerEncoderOptions SmallTransformer { get; } = new()
    {
        Vocabulary = 31,
        Positions = 16,
        Width = 24,
        Depth = 2,
        Heads = 3,
        Hidden = 40,
        Classes = 3,
        Seed = 4,
    };

    private static VisionTransformerOptions SmallVision { get; } = new() { Patch = 8, Width = 24, Depth = 2, Heads = 3 };

    public static TheoryData<string> Names =>
    [
        "transformer-encoder", "vit", "vit-registers", "resnet18", "resnet50", "resnet-small", "mobilenet-v2", "densenet121", "efficientnet-b0", "convnext-tiny",
        "unet", "dna",
    ];

    /// <summary>The network for ImageNet's images and classes, all random weights zero.</summary>
    public static Architecture Published(string name)
    {
        var options = new ImageNetworkOptions { Seed = null };
        return name switch
        {
            "vit-tiny" => VisionTransformer.Build(VisionTransformerOptions.Tiny, options),
            "vit-small" => VisionTransformer.Build(VisionTransformerOptions.Small, options),
            "vit-base" => VisionTransformer.Build(VisionTransformerOptions.Base, options),
            "resnet18" => ResNet.Build(18, options),
            "resnet34" => ResNet.Build(34, options),
            "resnet50" => ResNet.Build(50, options),
            "mobilenet-v2" => MobileNetV2.Build(options),
            "densenet121" => DenseNet.Build(options),
            "efficientnet-b0" => EfficientNet.Build(options),
            "convnext-tiny" => ConvNeXt.Build(options),
            "unet" => UNet.Build(ImageNetworkOptions.Of(256, 1) with { Seed = null }),
            _ => throw new ArgumentException(name, nameof(name)),
        };
    }

    /// <summary>A network of the family for small images, its weights from a formula.</summary>
    public static Architecture Small(string name)
    {
        var images = ImageNetworkOptions.Of(32, 3) with { Seed = null };
        var network = name switch
        {
            "transformer-encoder" => TransformerEncoder.Build(SmallTransformer),
            "vit" => VisionTransformer.Build(SmallVision, images),
            "vit-registers" => VisionTransformer.Build(SmallVision with { Registers = 2, LayerScale = 0.1f }, images with { Width = 48 }),
            "resnet18" => ResNet.Build(18, images),
            "resnet50" => ResNet.Build(50, images),
            "resnet-small" => ResNet.Build(18, ImageNetworkOptions.Of(28, 3) with { Channels = 1, Seed = null }, isSmallImage: true),
            "mobilenet-v2" => MobileNetV2.Build(images),
            "densenet121" => DenseNet.Build(images),
            "efficientnet-b0" => EfficientNet.Build(images),
            "convnext-tiny" => ConvNeXt.Build(images),
            "unet" => UNet.Build(images, width: 4),
            "dna" => DnaNetwork.Build(new DnaNetworkOptions { Length = 100, Width = 8, Blocks = 3, Seed = null }),
            _ => throw new ArgumentException(name, nameof(name)),
        };
        return HashedValues.Filled(network, kernelGain: 1);
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
