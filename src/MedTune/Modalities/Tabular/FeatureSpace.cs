using System.Collections.Immutable;
using MedTune.Columns;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>The frozen prefix of a tabular model with what it gives for every sample: training starts from there.</summary>
internal sealed class FeatureSpace
{
    private readonly ImmutableArray<LevelCodes> _codes;
    private readonly string? _features;
    private readonly Lazy<TrainingSamples> _samples;
    private TabularData? _data;
    private FeatureSpace? _forTrees;
    private FeatureSpace? _forLogarithms;

    private FeatureSpace(Graph graph, string? features, ImmutableArray<LevelCodes> codes, ImmutableArray<MeasuredColumn> columns, Func<TrainingSamples> samples)
    {
        Graph = graph;
        _features = features;
        _codes = codes;
        Columns = columns;
        _samples = new Lazy<TrainingSamples>(samples);
    }

    /// <summary>From raw columns to features and codes.</summary>
    public Graph Graph { get; }

    /// <summary>What was measured; empty for the space of an existing model.</summary>
    public ImmutableArray<MeasuredColumn> Columns { get; }

    /// <summary>Features and codes of every sample of the dataset; worked out when first asked for, as trees never ask.</summary>
    public TrainingSamples Samples => _samples.Value;

    /// <summary>The categories.</summary>
    public ImmutableArray<LevelCodes> LevelCodes => _codes;

    /// <summary>Whether long-tailed columns enter by their logarithm.</summary>
    public bool HasLogarithms { get; private init; }

    /// <summary>Measures the columns on some rows, and transforms all rows with what was found.</summary>
    public static FeatureSpace Measure(TabularData data, ReadOnlySpan<int> rows) => Of(data, data.Measure(rows), logarithms: false);

    /// <summary>The same columns as trees take them: one matrix of numbers as they are, and codes of levels.</summary>
    public FeatureSpace ForTrees() => _forTrees ??= MakeForTrees();

    /// <summary>The same columns, the long-tailed ones by their logarithm.</summary>
    public FeatureSpace ForLogarithms() => _forLogarithms ??= Of(RawColumns, Columns, logarithms: true);

    /// <summary>The space of an existing model: its own preprocessing, unchanged.</summary>
    /// <param name="model">The model.</param>
    /// <param name="values">The values of its graph from which training starts.</param>
    /// <param name="data">The samples.</param>
    public static FeatureSpace Of(ModelFile model, ImmutableArray<string> values, TabularData data) =>
        new(model.Graph, null, [], [], () => Transform(model.Graph, [.. values.Distinct(StringComparer.Ordinal)], data));

    /// <summary>The features inside a graph that continues this one; null when there are only categories.</summary>
    public Value? Features(GraphBuilder builder) => _features is null ? null : builder[_features];

    /// <summary>The categories inside a graph that continues this one.</summary>
    public ImmutableArray<LevelCodes> Codes(GraphBuilder builder) =>
        [.. _codes.Select(category => category with { Codes = builder[category.Codes.Name] })];

    private TabularData RawColumns => _data ?? throw new InvalidOperationException("The space of an existing model holds no raw columns.");

    private static FeatureSpace Of(TabularData data, ImmutableArray<MeasuredColumn> columns, bool logarithms)
    {
        var builder = new GraphBuilder("medtune");
        var (features, codes) = ColumnPreprocessing.Append(builder, columns, logarithms);
        var outputs = codes.Select(category => category.Codes).ToList();
        if (features is { } matrix)
        {
            outputs.Insert(0, matrix);
        }

        foreach (var output in outputs)
        {
            builder.Output(output);
        }

        var graph = builder.Build();
        return new FeatureSpace(graph, features?.Name, codes, columns, () => Transform(graph, [.. outputs.Select(output => output.Name)], data))
        {
            _data = data,
            HasLogarithms = logarithms,
        };
    }

    private FeatureSpace MakeForTrees()
    {
        var builder = new GraphBuilder("medtune");
        var matrix = ColumnPreprocessing.AppendForTrees(builder, Columns);
        builder.Output(matrix);
        var graph = builder.Build();
        var data = RawColumns;
        return new FeatureSpace(graph, matrix.Name, [], Columns, () => Transform(graph, [matrix.Name], data));
    }

    private static TrainingSamples Transform(Graph graph, ImmutableArray<string> outputs, TabularData data)
    {
        using var runner = new GraphRunner(graph, outputs);
        var values = runner.Run(data.Inputs);
        return new TrainingSamples(
            data.Rows, values.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal), data.Classes);
    }
}
