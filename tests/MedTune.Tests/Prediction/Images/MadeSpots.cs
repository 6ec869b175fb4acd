using System.Collections.Immutable;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Modalities.Images;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>Dark noise with or without a bright spot, and a network that was made by hand to see the spot.</summary>
internal static class MadeSpots
{
    /// <summary>Rows of a picture; it is twice as wide.</summary>
    public const int Side = 64;

    /// <summary>What is brighter than 120 in a neighbourhood, in a map of 16 by 16 places, and its mean.</summary>
    public static ImageBackbone Backbone { get; } = ImageBackbone.Of(Network(), new InputNormalization("RGB", [0, 0, 0], [1, 1, 1], Side, Side));

    /// <summary>A model: bright pictures are class 1.</summary>
    public static Graph Model(int classes) => new ImageHead(
        classes == 2 ? new LinearMargins([1], [-2]) : new LinearMargins([-1, 1, 0], [2, -2, 0]), [MarginCalibration.None], false).OnTopOf(Backbone);

    /// <summary>A picture with a bright spot of 24 by 12 pixels at (2 left, top); without one where left is below 0.</summary>
    public static PixelImage Picture(int left, int top, int channels, ulong number = 0)
    {
        var noise = new Philox(5, 0, number);
        var samples = new float[Side * 2 * Side * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            (int x, int y) = (i / channels % (Side * 2), i / channels / (Side * 2));
            bool isBright = left >= 0 && x >= 2 * left && x < (2 * left) + 24 && y >= top && y < top + 12;
            samples[i] = isBright ? 230 : 30 + (float)(20 * noise.Uniform((ulong)i));
        }

        return new PixelImage(Side * 2, Side, channels, samples, 0, 255);
    }

    /// <summary>Pictures of two classes in turn, two of each patient; those whose number ends in 7 have the wrong label.</summary>
    public static ImageSet Set(int count, string name = "case")
    {
        ImmutableArray<ImageSample> samples =
        [
            .. Enumerable.Range(0, count).Select(i => new ImageSample($"{name}-{i}.png", [i % 10 == 7 ? 1 - (i % 2) : i % 2], $"p{i / 2}") { Place = new PicturePlace("", i) }),
        ];
        return new ImageSet("", ["clear", "spot"], false, samples, [], (place, _) =>
            Picture(place.Index % 2 == 1 ? 4 + (int)(place.Index * 7 % 40) : -1, 4 + (int)(place.Index * 5 % 40), 1, (ulong)place.Index));
    }

    private static Graph Network()
    {
        var builder = new GraphBuilder("bright");
        var image = builder.Input("image", ElementType.Float, "batch", 3, Side, Side);
        var mean = new Tensor<float>(new Shape(1, 3, 4, 4), [.. Enumerable.Repeat(1f / 48, 48)]);
        var strided = Attributes.None.With("kernel_shape", ImmutableArray.Create(4L, 4L)).With("strides", ImmutableArray.Create(4L, 4L));
        var map = builder.Relu(builder.Append("Conv", [image, builder.Initializer("mean", mean), builder.Initializer("dark", Tensor.Vector(-120f))], strided));
        builder.Output(builder.Flatten(builder.Append("GlobalAveragePool", [map])));
        return builder.Build();
    }
}
