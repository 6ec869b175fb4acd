using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>A transformer over image patches, its parameters named as timm (and DINO) names them. Dosovitskiy et al., ICLR 2021.</summary>
/// <remarks>
/// Input <c>image</c>, Float [N, channels, height, width]. The features are the class token after the last normalization. With registers the class
/// token has no position, as in timm; <see cref="PretrainedWeights"/> brings files in the form of DINOv2 to it.
/// </remarks>
public static class VisionTransformer
{
    private const float Epsilon = 1e-6f;

    /// <summary>Builds the network.</summary>
    /// <param name="extents">One of the named extents, or others.</param>
    /// <param name="options">Images and classes.</param>
    /// <exception cref="ArgumentException">The image cannot be cut into whole patches, or the width is no multiple of the heads.</exception>
    public static Architecture Build(VisionTransformerOptions extents, ImageNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(extents);
        options ??= new ImageNetworkOptions();
        Check(extents, options);
        var layers = new Layers(extents.Name, options.Seed);
        var build = layers.Build;
        var positions = new PatchPositions(
            "pos_embed", extents.Registers > 0 ? 0 : 1, options.Height / extents.Patch, options.Width / extents.Patch);
        int tokens = (positions.Rows * positions.Columns) + 1 + extents.Registers;
        int headWidth = extents.Width / extents.Heads;
        var heads = TransformerLayers.List(layers, -1, tokens, extents.Heads, headWidth);
        var x = build.Reshape(Tokens(layers, extents, positions, options.Input(layers)), -1, extents.Width);
        for (int i = 0; i < extents.Depth; i++)
        {
            string block = string.Create(CultureInfo.InvariantCulture, $"blocks.{i}.");
            var qkv = layers.Linear(layers.LayerNorm(x, block + "norm1.", Epsilon), block + "attn.qkv.", 3 * extents.Width, isSmall: true);
            var parts = build.Split(qkv, TransformerLayers.List(layers, extents.Width, extents.Width, extents.Width), 1, 3);
            var attended = TransformerLayers.Attention(layers, parts[0], parts[1], parts[2], heads, headWidth);
            var projected = layers.Linear(attended, block + "attn.proj.", extents.Width, isSmall: true);
            x = build.Add(x, Scaled(layers, projected, block + "ls1.gamma", extents));
            var normalized = layers.LayerNorm(x, block + "norm2.", Epsilon);
            var hidden = TransformerLayers.Perceptron(layers, normalized, block + "mlp.fc1.", block + "mlp.fc2.", extents.HiddenRatio * extents.Width);
            x = build.Add(x, Scaled(layers, hidden, block + "ls2.gamma", extents));
        }

        // Only the class token is read, so only it is normalized: the numbers are the same.
        var first = build.Gather(build.Reshape(x, -1, tokens, extents.Width), build.Constant(Tensor.Scalar(0L), "first"), axis: 1);
        layers.Classifier(layers.LayerNorm(first, "norm.", Epsilon, Architecture.Features), "head.", options.Classes, isSmall: true);
        return layers.Finish("head.") with { Positions = positions };
    }

    /// <summary>Class token, registers and embedded patches with their positions: [N, tokens, width].</summary>
    private static Value Tokens(Layers layers, VisionTransformerOptions extents, PatchPositions positions, Value image)
    {
        var build = layers.Build;
        int width = extents.Width;
        var classToken = layers.Small("cls_token", 1, 1, width);
        var registers = extents.Registers > 0 ? layers.Small("reg_token", 1, extents.Registers, width) : default;
        int patches = positions.Rows * positions.Columns;
        var places = layers.Small(positions.Name, 1, positions.Tokens + patches, width);
        var embedded = build.Reshape(Patches(layers, extents.Patch, positions, image, width), -1, patches, width);
        var perSample = build.Concat([build.Shape(image, 0, 1), TransformerLayers.List(layers, 1, 1)], 0);
        var first = build.Expand(classToken, perSample);
        return registers.Name is null
            ? build.Add(build.Concat([first, embedded], 1), places)
            : build.Concat([first, build.Expand(registers, perSample), build.Add(embedded, places)], 1);
    }

    /// <summary>
    /// A convolution whose stride is its kernel, written as what it is: patches do not meet, so each is a row of a matrix [N · patches, pixels] and the
    /// kernel [width, channels, patch, patch] is the other factor.
    /// </summary>
    private static Value Patches(Layers layers, int patch, PatchPositions positions, Value image, int width)
    {
        var build = layers.Build;
        int channels = image.Type.Dimensions[1].Value!.Value;
        var kernel = layers.Small("patch_embed.proj.weight", width, channels, patch, patch);
        var bias = layers.Filled("patch_embed.proj.bias", 0, width);
        var cut = build.Reshape(image, -1, channels, positions.Rows, patch, positions.Columns, patch);
        int pixels = channels * patch * patch;
        var rows = build.Reshape(build.Transpose(cut, 0, 2, 4, 1, 3, 5), -1, pixels);
        return build.Gemm(rows, build.Reshape(kernel, width, pixels), bias, transposeB: true);
    }

    private static Value Scaled(Layers layers, Value x, string name, VisionTransformerOptions extents) =>
        extents.LayerScale is float start ? layers.Build.Multiply(x, layers.Filled(name, start, extents.Width)) : x;

    private static void Check(VisionTransformerOptions extents, ImageNetworkOptions options)
    {
        if (extents.Patch < 1 || options.Height % extents.Patch != 0 || options.Width % extents.Patch != 0)
        {
            throw new ArgumentException(
                $"An image of {options.Height} x {options.Width} pixels cannot be cut into patches of {extents.Patch}; give multiples of {extents.Patch}.", nameof(options));
        }

        if (extents.Heads < 1 || extents.Width % extents.Heads != 0)
        {
            throw new ArgumentException($"A width of {extents.Width} cannot be shared by {extents.Heads} heads; give a multiple.", nameof(extents));
        }
    }
}
