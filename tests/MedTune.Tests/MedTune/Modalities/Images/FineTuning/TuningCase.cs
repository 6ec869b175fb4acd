using MedTune.Modalities.Images;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests;

/// <summary>A tiny fine-tuning: pictures of stripes and noise, a made network, a head of zeros.</summary>
internal sealed record TuningCase
{
    public const int Count = 60;

    public static ImageBackbone Backbone { get; } = ImageBackbone.Of(MadePictures.Network(), MadePictures.Colours);

    /// <summary>Two or three.</summary>
    public int Classes { get; init; } = 2;

    public FineTuningOptions Options { get; init; } = new() { Epochs = 4, Batch = 8, Rate = 0.01, Averaging = 0, Augmentation = "none" };

    public int Threads { get; init; } = 1;

    public FitProgressFile? Checkpoint { get; init; }

    /// <summary>Epochs after which time is up.</summary>
    public int Time { get; init; } = int.MaxValue;

    public FineTunedNetwork Fit()
    {
        using var pool = new TaskPool(Threads);
        int[] classes = [.. Enumerable.Range(0, Count).Select(ClassOf)];
        int margins = Classes == 2 ? 1 : Classes;
        var head = new LinearMargins(new float[Backbone.Width * margins], new float[margins]);
        int asked = 0;
        return ImageFineTuning.Fit(
            Backbone, head, Picture, new ClassTargets(classes, Classes), [.. Enumerable.Range(0, 43)], [.. Enumerable.Range(43, Count - 43)], Options, 3, pool, Checkpoint, timeIsUp: _ => asked++ >= Time);
    }

    /// <summary>Pictures of several sizes.</summary>
    public MedTune.Data.Images.PixelImage Picture(int sample) => MadePictures.Picture(sample, ClassOf(sample), 20 + (sample % 3 * 17), 24 + (sample % 2 * 40));

    public static IEnumerable<float> Weights(FineTunedNetwork network) =>
        network.Backbone.Graph.Initializers.Values.OfType<Tensor<float>>().SelectMany(tensor => tensor.Values.ToArray()).Concat(network.Head.Weights).Concat(network.Head.Intercepts);

    /// <summary>The largest change of a stored tensor.</summary>
    public static float Moved(FineTunedNetwork network, string name) => Backbone.Graph.Initializers[name].Values<float>().ToArray()
        .Zip(network.Backbone.Graph.Initializers[name].Values<float>().ToArray(), (before, after) => Math.Abs(before - after)).Max();

    private int ClassOf(int sample) => sample % Classes;
}
