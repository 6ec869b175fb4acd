using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Graphs;
using MedTune.Prediction;

namespace MedTune.Modalities.Images;

/// <summary>Brings pictures to what the network reads, by the nodes of the model file. Several threads may do so at once.</summary>
internal sealed class PictureResizer : IDisposable
{
    // Few sizes at a time: a plan holds a whole picture.
    private const int Sizes = 2;

    private readonly Graph _resizing;
    private readonly string _image;
    private readonly ConcurrentBag<PlanCache> _free = [];

    /// <param name="backbone">The network.</param>
    public PictureResizer(ImageBackbone backbone)
    {
        var model = PixelGraph.Of(backbone);
        var size = backbone.Normalization;
        _image = model.Image;
        _resizing = GraphCut.Between(model.Graph, [PixelGraph.Pixels], [model.Image]);
        (Channels, Height, Width) = (size.Mean.Length, size.Height, size.Width);
    }

    /// <summary>The extents of an image.</summary>
    public int Channels { get; }

    /// <inheritdoc cref="Channels"/>
    public int Height { get; }

    /// <inheritdoc cref="Channels"/>
    public int Width { get; }

    /// <summary>Numbers of an image.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>Resizes and normalizes a picture.</summary>
    /// <param name="pixels">[height, width, channels], 0 to 255.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="image">Gets [channels, height, width] of the network.</param>
    /// <exception cref="DataException">The picture is too large or too small for it.</exception>
    public void Resize(ReadOnlySpan<float> pixels, int height, int width, int channels, Span<float> image)
    {
        if (!_free.TryTake(out var plans))
        {
            plans = new PlanCache(_resizing, new PlanOptions { MemoryLimit = PictureRunner.MostBytes }, Sizes);
        }

        try
        {
            var plan = plans.For(ImmutableDictionary<string, int>.Empty
                .Add("N", 1).Add(PixelGraph.Height, height).Add(PixelGraph.Width, width).Add(PixelGraph.Channels, channels));
            pixels.CopyTo(plan.Input<float>(PixelGraph.Pixels));
            plan.Run();
            plan.Output<float>(_image).CopyTo(image);
        }
        catch (InvalidGraphException exception)
        {
            throw new DataException(
                string.Create(CultureInfo.InvariantCulture, $"A picture of {width} x {height} pixels cannot be brought to the size of the network: {exception.Message}"), exception);
        }
        finally
        {
            _free.Add(plans);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_free.TryTake(out var plans))
        {
            plans.Dispose();
        }
    }
}
