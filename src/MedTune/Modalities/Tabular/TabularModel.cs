using System.Collections.Immutable;
using MedTune.Columns;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>Finishes a model: margins are calibrated and become probabilities inside the graph.</summary>
internal static class TabularModel
{
    /// <summary>The graph from raw columns to probabilities.</summary>
    /// <param name="head">Trained.</param>
    /// <param name="calibration">Applied to the margins.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>The graph, and the name of the calibrated margins in it.</returns>
    public static (Graph Graph, string CalibratedMargin) Assemble(TabularHead head, MarginCalibration calibration, int classes)
    {
        var builder = GraphBuilder.From(head.Graph);
        builder.ClearOutputs();
        var margin = ProbabilityNodes.Append(builder, builder[head.Margin], calibration, classes);
        return (builder.Build(), margin.Name);
    }

    /// <summary>The graph with a slope and an intercept after its margins: those it has, or new ones that change nothing yet.</summary>
    public static (Graph Graph, string Margin) WithCalibration(Graph graph, string margin)
    {
        if (graph.Initializers.ContainsKey(ModelFile.CalibrationSlope))
        {
            return (graph, margin);
        }

        var builder = GraphBuilder.From(graph);
        builder.ClearOutputs();
        var calibrated = ProbabilityNodes.Calibrated(builder, builder[margin], 1, 0);
        builder.Output(calibrated);
        return (builder.Build(), calibrated.Name);
    }

    /// <summary>The columns as the manifest lists them.</summary>
    public static ImmutableArray<ManifestColumn> Columns(ImmutableArray<MeasuredColumn> measured) =>
    [
        .. measured.Select(column => new ManifestColumn
        {
            Name = column.Name,
            Kind = column.Use switch
            {
                ColumnUse.Number => PlanColumn.Number,
                ColumnUse.Category => PlanColumn.Category,
                _ => PlanColumn.Coded,
            },
            Minimum = column.Use == ColumnUse.Number ? column.Minimum : null,
            Maximum = column.Use == ColumnUse.Number ? column.Maximum : null,
            Fill = column.Use == ColumnUse.Number ? column.Fill : null,
            Levels = column.Levels,
            Mode = column.Mode,
            MissingShare = (double)column.Missing / column.Count,
        }),
    ];

    /// <summary>What each term of a linear head adds, for explanations.</summary>
    public static ImmutableArray<ManifestTerm> LinearTerms(FeatureSpace space, TabularHead head, ReadOnlySpan<int> rows)
    {
        var terms = ImmutableArray.CreateBuilder<ManifestTerm>();
        if (space.Samples.Inputs.TryGetValue(ColumnPreprocessing.Features, out var features))
        {
            int place = 0;
            foreach (var (column, label, scale) in ColumnPreprocessing.Describe(space.Columns, space.HasLogarithms))
            {
                terms.Add(new ManifestTerm
                {
                    Column = column,
                    Label = label,
                    Input = ColumnPreprocessing.Features,
                    Weights = LinearHead.Weights,
                    Index = place,
                    Mean = MeanOf(features, place++, rows),
                    Scale = scale,
                });
            }
        }

        foreach (var column in space.Columns.Where(column => column.Use != ColumnUse.Number))
        {
            string table = LinearHead.TableOf(column.Name);
            terms.Add(new ManifestTerm
            {
                Column = column.Name,
                Label = column.Name,
                Input = ColumnPreprocessing.CodesOf(column.Name),
                Weights = table,
                Index = -1,
                MeanContribution = MeanRow(head.Graph.Initializers[table], space.Samples.Inputs[ColumnPreprocessing.CodesOf(column.Name)], rows),
            });
        }

        return terms.ToImmutable();
    }

    /// <summary>The terms of a source model, with means over the patients it was moved to.</summary>
    public static ImmutableArray<ManifestTerm> MovedTerms(ImmutableArray<ManifestTerm> terms, FeatureSpace space, TabularHead head, int[] rows) =>
    [
        .. terms.Select(term => term.Index >= 0
            ? term with { Mean = MeanOf(space.Samples.Inputs[term.Input], term.Index, rows) }
            : term with { MeanContribution = MeanRow(head.Graph.Initializers[term.Weights], space.Samples.Inputs[term.Input], rows) }),
    ];

    private static double MeanOf(Tensor matrix, int column, ReadOnlySpan<int> rows)
    {
        int width = matrix.Shape[1];
        var values = matrix.Values<float>();
        double sum = 0;
        foreach (int row in rows)
        {
            sum += values[(row * width) + column];
        }

        return sum / rows.Length;
    }

    private static ImmutableArray<double> MeanRow(Tensor table, Tensor codes, ReadOnlySpan<int> rows)
    {
        int width = table.Shape[1];
        var weights = table.Values<float>();
        var values = codes.Values<long>();
        var sums = new double[width];
        foreach (int row in rows)
        {
            for (int k = 0; k < width; k++)
            {
                sums[k] += weights[((int)values[row] * width) + k];
            }
        }

        for (int k = 0; k < width; k++)
        {
            sums[k] /= rows.Length;
        }

        return [.. sums];
    }
}
