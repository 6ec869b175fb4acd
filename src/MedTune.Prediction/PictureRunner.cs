using MedTune.Data;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Runs pictures through the nodes of a graph: each through those that resize it, then several together through the network.</summary>
/// <remarks>What comes out for a picture depends on nothing beside it: neither on the batch nor on the number of threads. Not thread-safe.</remarks>
internal sealed class PictureRunner : IDisposable
{
    /// <summary>Bytes of one batch's computed values: more than any usual network needs, less than a damaged one may ask for.</summary>
    public const long MostBytes = 4L << 30;

    // Pixels of the images in one batch: 32 of 224 x 224.
    private const int BatchPixels = 32 * 224 * 224;
    private const int LargestBatch = 64;

    private readonly string _image;
    private readonly string _output;
    private readonly PictureResizing _resizing;
    private readonly ExecutionPlan _network;
    private readonly int _imageLength;

    /// <summary>Compiles the network.</summary>
    /// <param name="graph">From <see cref="ManifestImage.Pixels"/> on.</param>
    /// <param name="image">The resized image, Float [N, channels, height, width] with known extents.</param>
    /// <param name="output">The value wanted, Float [N, ...].</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="batch">Pictures that go through the network together; 0 for as many as suit their size.</param>
    /// <exception cref="ModelFileException">The graph cannot be compiled.</exception>
    public PictureRunner(Graph graph, string image, string output, TaskPool pool, int batch = 0)
    {
        (_image, _output) = (image, output);
        var options = new PlanOptions { Pool = pool, MemoryLimit = MostBytes };
        try
        {
            var network = GraphCut.Between(graph, [image], [output]);
            var size = network.Inputs[0].Type;
            if (size is not { HasRank: true, Rank: 4 } || size.Dimensions[2].Value is not { } height || size.Dimensions[3].Value is not { } width || size.Dimensions[1].Value is not { } channels)
            {
                throw new InvalidGraphException($"Its image '{image}' is {size}; Float [N, channels, height, width] with known extents was expected.");
            }

            _imageLength = channels * height * width;
            Batch = batch > 0 ? batch : Math.Clamp(BatchPixels / (height * width), 1, LargestBatch);
            _network = ExecutionPlan.Compile(network, options.WithBatch(Batch));
            if (_network.IsDataDependent || _network.ShapeOf(output) is not { Rank: > 0 } shape || shape[0] != Batch)
            {
                throw new InvalidGraphException($"Its value '{output}' does not have one row for each picture.");
            }

            Width = _network.ShapeOf(output).Length / Batch;
            _resizing = new PictureResizing(graph, image, options);
        }
        catch (InvalidGraphException exception)
        {
            _network?.Dispose();
            throw new ModelFileException($"The network cannot be run on pictures: {exception.Message}", exception);
        }
    }

    /// <summary>Most pictures that wait for the network.</summary>
    public int Batch { get; }

    /// <summary>Values that come out for each picture.</summary>
    public int Width { get; }

    /// <summary>Pictures that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Resizes a picture; it then waits for the network. Fewer than <see cref="Batch"/> may wait.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="pixels">[height, width, channels], 0 to 255.</param>
    /// <exception cref="DataException">The picture is too large.</exception>
    public void Add(int height, int width, int channels, ReadOnlySpan<float> pixels)
    {
        var plan = _resizing.Run(height, width, channels, pixels);
        plan.Output<float>(_image).CopyTo(_network.Input<float>(_image).Slice(Waiting++ * _imageLength, _imageLength));
    }

    /// <summary>Runs the network on those that wait; nobody waits afterwards.</summary>
    /// <returns>Their values, one row for each; good until the next call.</returns>
    /// <exception cref="ModelFileException">There are values that are not finite.</exception>
    public ReadOnlySpan<float> Run()
    {
        if (Waiting == 0)
        {
            return [];
        }

        _network.Run();
        var found = _network.Output<float>(_output)[..(Waiting * Width)];
        Waiting = 0;
        foreach (float value in found)
        {
            if (!float.IsFinite(value))
            {
                throw new ModelFileException("The network gives infinite values or values that are no numbers for a picture; use another network, or see that its normalization is the right one.");
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _resizing.Dispose();
    }
}
