using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Runs the graph of an image model on pictures: each by itself to the network's size, then many at a time through the network.</summary>
/// <remarks>A picture's values depend on nothing beside it, so the size of a batch changes no bit. Not thread-safe.</remarks>
internal sealed class ImageRunner : IDisposable
{
    private const int Batch = 16;

    private readonly ImageGraphValues _values;
    private readonly ImmutableArray<string> _outputs;
    private readonly PictureResizing _resizing;
    private readonly PlanCache _network;

    /// <summary>A runner for some values of the graph.</summary>
    /// <param name="graph">A model of pictures.</param>
    /// <param name="values">Its values by name.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="outputs">Names of the values wanted: Float, first axis the pictures.</param>
    public ImageRunner(Graph graph, ImageGraphValues values, TaskPool pool, params ImmutableArray<string> outputs)
    {
        (_values, _outputs) = (values, outputs);
        var options = new PlanOptions { Pool = pool, MemoryLimit = PictureRunner.MostBytes };

        // Grey and coloured, alone and in batches are four.
        _resizing = new PictureResizing(graph, values.Resized, options);
        _network = new PlanCache(GraphCut.Between(graph, [values.Resized], outputs), options, 4);
    }

    /// <summary>A picture at the network's size, 0 to 255.</summary>
    /// <exception cref="DataException">The picture is too large to be brought to the network's size.</exception>
    public ResizedPicture Resize(PixelImage picture)
    {
        var plan = _resizing.Run(picture.Height, picture.Width, picture.Channels, PixelValues.Of(picture));
        var shape = plan.ShapeOf(_values.Resized);
        return new ResizedPicture(shape[1], shape[2], shape[3], plan.Output<float>(_values.Resized).ToArray());
    }

    /// <summary>The wanted values for pictures of one number of channels.</summary>
    /// <param name="pictures">At least one.</param>
    /// <returns>By name: the shape of one picture's value with the number of pictures in front, and the values.</returns>
    /// <exception cref="ModelFileException">The network cannot be run.</exception>
    public IReadOnlyDictionary<string, Tensor<float>> Run(IReadOnlyList<ResizedPicture> pictures)
    {
        try
        {
            int batch = pictures.Count == 1 ? 1 : Batch;
            var plan = _network.For(ImmutableDictionary<string, int>.Empty.Add("N", batch).Add("channels", pictures[0].Channels));
            return plan.IsDataDependent
                ? throw new InvalidGraphException("Shapes of the graph depend on the data, so pictures cannot be answered one by one.")
                : Run(pictures, plan, batch);
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException($"The model's graph cannot be run on pictures: {exception.Message}", exception);
        }
    }

    /// <summary>One value for each picture, whatever their channels: rows in the order of the pictures.</summary>
    public float[][] Rows(string output, IReadOnlyList<PixelImage> pictures)
    {
        var rows = new float[pictures.Count][];
        for (int start = 0; start < pictures.Count; start += Batch)
        {
            var resized = pictures.Skip(start).Take(Batch).Select((picture, i) => (Place: start + i, Picture: Resize(picture)));
            foreach (var alike in resized.GroupBy(pair => pair.Picture.Channels))
            {
                (int Place, ResizedPicture Picture)[] members = [.. alike];
                var found = Run([.. members.Select(pair => pair.Picture)])[output];
                int width = found.Length / members.Length;
                for (int i = 0; i < members.Length; i++)
                {
                    rows[members[i].Place] = found.Values.Slice(i * width, width).ToArray();
                }
            }
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _resizing.Dispose();
        _network.Dispose();
    }

    private Dictionary<string, Tensor<float>> Run(IReadOnlyList<ResizedPicture> pictures, ExecutionPlan plan, int batch)
    {
        var results = _outputs.ToDictionary(name => name, name => Allocate(plan, name, pictures.Count, batch), StringComparer.Ordinal);
        for (int start = 0; start < pictures.Count; start += batch)
        {
            int count = Math.Min(batch, pictures.Count - start);
            var input = plan.Input<float>(_values.Resized);
            for (int i = 0; i < count; i++)
            {
                float[] samples = pictures[start + i].Samples;
                samples.CopyTo(input[(i * samples.Length)..]);
            }

            plan.Run();
            foreach (var (name, result) in results)
            {
                int width = plan.ShapeOf(name).Length / batch;
                plan.Output<float>(name)[..(count * width)].CopyTo(result.Values[(start * width)..]);
            }
        }

        return results;
    }

    private static Tensor<float> Allocate(ExecutionPlan plan, string name, int rows, int batch)
    {
        int[] extents = plan.ShapeOf(name).Extents.ToArray();
        if (extents.Length == 0 || extents[0] != batch)
        {
            throw new InvalidGraphException($"Value '{name}' is {plan.ShapeOf(name)}; a value with one row for each picture was expected.");
        }

        extents[0] = rows;
        return new Tensor<float>(new Shape(extents));
    }
}
