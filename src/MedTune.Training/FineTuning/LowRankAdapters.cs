using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Small matrices that train beside the weights of layers, which stay: W + U D with U of few columns (LoRA: Hu et al., ICLR 2022). Merged, they are gone.</summary>
/// <remarks>A weight [out, ...] counts as a matrix of its first extent and all others. U starts from zero, so that the network starts as it was.</remarks>
public sealed class LowRankAdapters
{
    private readonly Graph _source;
    private readonly ImmutableArray<string> _adapted;

    private LowRankAdapters(Graph source, Graph graph, ImmutableArray<string> adapted) => (_source, Graph, _adapted) = (source, graph, adapted);

    /// <summary>The network with adapters: the same values under the same names.</summary>
    public Graph Graph { get; }

    /// <summary>Puts adapters beside weights.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">Names of initializers; those for which an adapter would have as many numbers as they have themselves get none.</param>
    /// <param name="rank">Columns of U, at least 1.</param>
    /// <param name="seed">The run's seed: D is drawn from normal distributions.</param>
    public static LowRankAdapters Beside(Graph graph, IEnumerable<string> weights, int rank, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ImmutableArray<string> adapted = [.. weights.Where(name => IsWorthwhile(graph.Initializers[name].Shape, rank)).Order(StringComparer.Ordinal)];
        var builder = new GraphBuilder(graph.Name);
        foreach (var input in graph.Inputs)
        {
            builder.Input(input.Name, input.Type.Element, input.Type.Dimensions.AsSpan());
        }

        foreach (var (name, tensor) in graph.Initializers)
        {
            builder.Initializer(name, tensor);
        }

        for (int i = 0; i < adapted.Length; i++)
        {
            Append(builder, graph, adapted[i], rank, seed, i);
        }

        var moved = adapted.ToHashSet(StringComparer.Ordinal);
        foreach (var node in GraphBuilder.From(graph).Build().Nodes)
        {
            builder.Append(node with { Inputs = [.. node.Inputs.Select(input => moved.Contains(input) ? Sum(input) : input)] });
        }

        foreach (var output in graph.Outputs)
        {
            builder.Output(builder[output.Name]);
        }

        return new LowRankAdapters(graph, builder.Build(), adapted);
    }

    /// <summary>What trains instead of a weight: its adapter's two matrices, or itself where it has none.</summary>
    public ImmutableArray<string> InsteadOf(string weight) => _adapted.Contains(weight) ? [Down(weight), Up(weight)] : [weight];

    /// <summary>The network as it was, with the trained adapters added to its weights, and everything else that trained.</summary>
    /// <param name="trained"><see cref="Graph"/> with other values.</param>
    public Graph Merged(Graph trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        return _source.WithInitializers(_source.Initializers.Keys.Select(name =>
            KeyValuePair.Create(name, _adapted.Contains(name) ? Merged(trained, name) : trained.Initializers[name])));
    }

    private static string Up(string weight) => weight + ":up";

    private static string Down(string weight) => weight + ":down";

    private static string Sum(string weight) => weight + ":adapted";

    private static bool IsWorthwhile(Shape shape, int rank)
    {
        long rows = shape.Rank > 1 ? shape[0] : 0;
        return rows > 0 && rank * (rows + (shape.Length / rows)) < shape.Length;
    }

    private static void Append(GraphBuilder builder, Graph graph, string name, int rank, ulong seed, int number)
    {
        var shape = graph.Initializers[name].Shape;
        int columns = shape.Length / shape[0];
        var random = new Philox(seed, RandomPurpose.Initialization, (1UL << 40) + (ulong)number);
        var down = new float[rank * columns];
        for (int i = 0; i < down.Length; i++)
        {
            down[i] = (float)(random.Normal((ulong)i) / Math.Sqrt(columns));
        }

        var product = builder.Append(
            "MatMul",
            [
                builder.Initializer(Up(name), new Tensor<float>(new Shape(shape[0], rank))),
                builder.Initializer(Down(name), new Tensor<float>(new Shape(rank, columns), down)),
            ]);
        var extents = builder.Initializer(name + ":shape", Tensor.Vector<long>([.. shape.Extents.ToArray().Select(extent => (long)extent)]));
        builder.Append("Add", [builder[name], builder.Append("Reshape", [product, extents])], outputName: Sum(name));
    }

    private static Tensor<float> Merged(Graph trained, string name)
    {
        var weights = trained.Initializers[name];
        var (up, down) = (trained.Initializers[Up(name)], trained.Initializers[Down(name)]);
        (int rank, int columns) = (down.Shape[0], down.Shape[1]);
        var left = up.Values<float>();
        var right = down.Values<float>();
        float[] merged = weights.Values<float>().ToArray();
        for (int i = 0; i < merged.Length; i++)
        {
            double sum = merged[i];
            for (int k = 0; k < rank; k++)
            {
                sum += (double)left[(i / columns * rank) + k] * right[(k * columns) + (i % columns)];
            }

            merged[i] = (float)sum;
        }

        return new Tensor<float>(weights.Shape, merged);
    }
}
