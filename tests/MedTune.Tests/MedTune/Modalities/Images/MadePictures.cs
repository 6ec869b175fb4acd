using System.Collections.Immutable;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Modalities.Images;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Tests;

/// <summary>A tiny network, pictures of stripes, and a model's answers, for the tests of pictures.</summary>
internal static class MadePictures
{
    public static InputNormalization Colours { get; } = new("RGB", [120, 110, 100], [60, 61, 62], 16, 16);

    public static InputNormalization Reversed { get; } = new("BGR", [104, 117, 123], [1, 2, 3], 16, 16);

    public static InputNormalization Brightness { get; } = new("grey", [127.5], [127.5], 16, 16);

    /// <summary>Two convolutions, pooling, and a classifier of five classes; its values bear the names that the model file uses itself.</summary>
    public static Graph Network(int channels = 3, int side = 16, bool pools = true)
    {
        var builder = new GraphBuilder("tiny");
        var image = builder.Input("pixels", ElementType.Float, "batch", channels, side, side);
        var strided = Attributes.None.With("kernel_shape", ImmutableArray.Create(3L, 3L)).With("pads", ImmutableArray.Create(1L, 1L, 1L, 1L)).With("strides", ImmutableArray.Create(2L, 2L));
        var first = builder.Relu(builder.Append("Conv", [image, builder.Initializer("first", Weights(1, 8, channels, 3, 3)), builder.Initializer("bias", Weights(5, 8))], strided));
        var second = builder.Relu(builder.Append("Conv", [first, builder.Initializer("second", Weights(2, 12, 8, 3, 3))], strided));
        var features = builder.Flatten(pools ? builder.Append("GlobalAveragePool", [second]) : second);
        var weights = builder.Initializer("weights", Weights(3, pools ? 12 : 12 * (side / 4) * (side / 4), 5));
        var logits = builder.Append("Gemm", [features, weights, builder.Initializer("five", Weights(4, 5))], outputName: "logits");
        builder.Output(builder.Append("Softmax", [logits], Attributes.None.With("axis", 1), outputName: "probabilities"));
        return builder.Build();
    }

    /// <summary>A picture of stripes and noise: lying ones for class 0, standing ones for class 1, none for class 2.</summary>
    public static PixelImage Picture(int number, int label, int width = 28, int height = 28, int channels = 1, float high = 255)
    {
        var noise = new Philox(7, 0, (ulong)number);
        var samples = new float[width * height * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            int place = label == 0 ? i / channels / width : label == 1 ? i / channels % width : 0;
            double value = (0.3 * noise.Uniform((ulong)i)) + (place / 3 % 2 == 0 ? 0.15 : 0.55);
            samples[i] = (float)Math.Floor(value * high);
        }

        return new PixelImage(width, height, channels, samples, 0, high);
    }

    /// <summary>A value of a model for one picture.</summary>
    public static float[] Answer(Graph model, string output, PixelImage picture)
    {
        var dimensions = ImmutableDictionary<string, int>.Empty
            .Add("N", 1).Add(PixelGraph.Height, picture.Height).Add(PixelGraph.Width, picture.Width).Add(PixelGraph.Channels, picture.Channels);
        using var plan = ExecutionPlan.Compile(GraphCut.Between(model, [PixelGraph.Pixels], [output]), new PlanOptions { Dimensions = dimensions });
        PixelValues.Of(picture).CopyTo(plan.Input<float>(PixelGraph.Pixels));
        plan.Run();
        return plan.Output<float>(output).ToArray();
    }

    private static Tensor<float> Weights(ulong stream, params int[] extents)
    {
        var shape = new Shape(extents);
        var values = new float[shape.Length];
        var draw = new Philox(11, 0, stream);
        double scale = 1 / Math.Sqrt(Math.Max(1, shape.Length / extents[0]));
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(draw.Normal((ulong)i) * scale);
        }

        return new Tensor<float>(shape, values);
    }
}
