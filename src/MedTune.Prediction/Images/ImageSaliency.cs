using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Shows where in a picture the answer of a model comes from.</summary>
/// <remarks>
/// Two ways, which share no weakness. Grad-CAM (Selvaraju et al., ICCV 2017): the channels of the last feature map, weighted by the mean gradient of the class's margin.
/// Occlusion (Zeiler and Fergus, ECCV 2014): a patch in the picture's mean grey is moved over it, and the probability of the class watched. Both describe the model, not the disease.
/// Not thread-safe.
/// </remarks>
internal sealed class ImageSaliency : IDisposable
{
    /// <summary>Cells along each side of an occlusion map; the patch covers two by two of them.</summary>
    public const int Cells = 10;

    // Both sides of the sum over margins get their name from here; no network's value starts so.
    private const string Sign = "saliency/sign", Score = "saliency/score";

    private readonly ImageGraphValues _values;
    private readonly ImageRunner _answers;
    private readonly ImageRunner? _maps;
    private readonly ExecutionPlan? _backward;
    private readonly int? _classes;

    /// <summary>Prepares a model.</summary>
    /// <param name="graph">A model of pictures.</param>
    /// <param name="values">Its values by name; found in the graph by default.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <exception cref="ModelFileException">The graph is no model of pictures, or cannot be compiled.</exception>
    public ImageSaliency(Graph graph, ImageGraphValues? values = null, TaskPool? pool = null)
    {
        pool ??= TaskPool.Sequential;
        try
        {
            _values = values ?? ImageGraphValues.Find(graph);
            _answers = new ImageRunner(graph, _values, pool, _values.Probabilities);
            _classes = graph.Types[_values.Probabilities] is { HasRank: true, Rank: 2 } type ? type.Dimensions[1].Value : null;
            if (_values.FeatureMap is { } map)
            {
                var single = SingleView.Of(graph);
                _maps = new ImageRunner(single, _values, pool, map);
                _backward = ExecutionPlan.Compile(Backward(single, map, _values.Margins), new PlanOptions { Pool = pool, MemoryLimit = PictureRunner.MostBytes }.WithBatch(1));
            }
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException($"What the model looks at cannot be shown: {exception.Message}", exception);
        }
    }

    /// <summary>Why there is no Grad-CAM; null where there is.</summary>
    public string? NoGradCam => _backward is not null
        ? null
        : "There is no Grad-CAM: the network has no last feature map whose places are places of the picture; occlusion shows what matters.";

    /// <summary>The probabilities for a picture, as the model answers them.</summary>
    public float[] Probabilities(PixelImage picture) => _answers.Rows(_values.Probabilities, [picture])[0];

    /// <summary>The probabilities for several pictures.</summary>
    public float[][] Probabilities(IReadOnlyList<PixelImage> pictures) => _answers.Rows(_values.Probabilities, pictures);

    /// <summary>Grad-CAM for a class; null where the network has no map (<see cref="NoGradCam"/> says why).</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="class">The class or finding by its number among the probabilities.</param>
    /// <exception cref="DataException">The picture is too large.</exception>
    public SaliencyMap? GradCam(PixelImage picture, int @class)
    {
        if (_backward is null)
        {
            return null;
        }

        string name = _values.FeatureMap!;
        var map = _maps!.Run([_maps.Resize(picture)])[name];
        map.Values.CopyTo(_backward.Input<float>(name));
        Choose(@class);
        _backward.Run();
        var gradient = _backward.Output<float>(Gradients.NameOf(name));
        (int channels, int places) = (map.Shape[1], map.Shape[2] * map.Shape[3]);
        var sums = new double[places];
        for (int channel = 0; channel < channels; channel++)
        {
            double weight = 0;
            foreach (float slope in gradient.Slice(channel * places, places))
            {
                weight += slope;
            }

            for (int place = 0; place < places; place++)
            {
                sums[place] += weight / places * map.Values[(channel * places) + place];
            }
        }

        float[] values = SaliencyMap.Scaled(sums);
        string meaning = Array.TrueForAll(values, value => value == 0)
            ? "Nothing in the last feature map speaks for this class: the answer is what is left where nothing speaks against it."
            : "1 where the last feature map speaks most for the class, 0 where it does not or speaks against it.";
        return new SaliencyMap("Grad-CAM", map.Shape[3], map.Shape[2], values, meaning);
    }

    /// <summary>Occlusion for a class.</summary>
    /// <inheritdoc cref="GradCam"/>
    public SaliencyMap Occlusion(PixelImage picture, int @class)
    {
        var resized = _answers.Resize(picture);
        int cells = Math.Max(2, Math.Min(Cells, Math.Min(resized.Width, resized.Height))), steps = cells - 1;
        float grey = resized.Mean;
        var covered = new List<ResizedPicture> { resized };
        for (int i = 0; i < steps * steps; i++)
        {
            (int x, int y) = (i % steps, i / steps);
            covered.Add(resized.Covered(
                x * resized.Width / cells, y * resized.Height / cells, (x + 2) * resized.Width / cells, (y + 2) * resized.Height / cells, grey));
        }

        var answers = _answers.Run(covered)[_values.Probabilities];
        int classes = answers.Length / covered.Count;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(@class, classes);
        double clean = answers.Values[@class];
        var sums = new double[cells * cells];
        for (int cell = 0; cell < sums.Length; cell++)
        {
            (double sum, int patches) = (0, 0);
            for (int y = Math.Max(0, (cell / cells) - 1); y <= Math.Min(steps - 1, cell / cells); y++)
            {
                for (int x = Math.Max(0, (cell % cells) - 1); x <= Math.Min(steps - 1, cell % cells); x++)
                {
                    sum += clean - answers.Values[((1 + (y * steps) + x) * classes) + @class];
                    patches++;
                }
            }

            sums[cell] = sum / patches;
        }

        double most = sums.Max();
        return new SaliencyMap("Occlusion", cells, cells, SaliencyMap.Scaled(sums), Meaning(most));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _answers.Dispose();
        _maps?.Dispose();
        _backward?.Dispose();
    }

    /// <summary>Which margin is differentiated: one margin for two classes speaks for the second, and against it is for the first.</summary>
    private void Choose(int @class)
    {
        var sign = _backward!.Input<float>(Sign);
        bool isOneOfTwo = sign.Length == 1 && _classes == 2;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(@class, isOneOfTwo ? 2 : sign.Length);
        sign.Clear();
        sign[isOneOfTwo ? 0 : @class] = isOneOfTwo && @class == 0 ? -1 : 1;
    }

    private static string Meaning(double most) => most > 0
        ? string.Create(CultureInfo.InvariantCulture, $"1 where covering the picture with grey lowers the probability of the class most, by {most:0.000}; 0 where it does not.")
        : "Covering no place of the picture lowers the probability of this class.";

    /// <summary>From the map to the gradient of one class's margin by it.</summary>
    private static Graph Backward(Graph graph, string map, string margins)
    {
        var builder = GraphBuilder.From(GraphCut.Between(graph, [map], [margins]));
        var margin = builder[margins];
        int count = margin.Type is { HasRank: true, Rank: 2 } && margin.Type.Dimensions[1].Value is int width
            ? width
            : throw new InvalidGraphException($"its margins '{margins}' are {margin.Type}; Float [N, margins] was expected.");
        var chosen = builder.Multiply(margin, builder.Input(Sign, ElementType.Float, 1, count));
        builder.ClearOutputs();
        var summed = builder.Append("ReduceSum", [chosen], Attributes.None.With("keepdims", 0), outputName: Score);
        builder.Output(summed);
        return Gradients.Build(builder.Build(), Score, [map]);
    }
}
