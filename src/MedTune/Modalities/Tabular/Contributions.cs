using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Prediction;

namespace MedTune.Modalities.Tabular;

/// <summary>Sums up what the columns add to a model's answers over the samples that judge it.</summary>
internal static class Contributions
{
    private const int MostSamples = 400;

    // Sampled Shapley values run the model once per order and column: this many runs take seconds.
    private const int MostRuns = 400_000;
    private const int FewestSamples = 20;

    // Trees of more nodes than these take longer to run, so fewer samples are looked at.
    private const int ManyNodes = 20_000;

    private const int MostClasses = 3;

    /// <summary>The summary; null where the model has too many columns to take its answers apart in reasonable time.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Samples with the model's raw inputs.</param>
    /// <param name="rows">Those to look at.</param>
    /// <param name="part">Where they are from.</param>
    public static ContributionSummary? Of(ModelFile model, TabularData data, ImmutableArray<int> rows, string part)
    {
        using var explainer = new Explainer(model);
        int most = MostRuns / explainer.RunsPerSample;
        if (rows.IsEmpty || most < FewestSamples)
        {
            return null;
        }

        most = Math.Max(FewestSamples, most / (1 + (TreeNodes(model.Graph) / ManyNodes)));
        int[] chosen = Spread(rows, Math.Min(most, MostSamples));
        var explanations = explainer.Explain(data.Inputs, chosen);
        bool isBinary = model.Manifest.Classes.Length == 2;
        var columns = model.Manifest.Columns.Select((column, i) => Column(column, [.. explanations.Select(each => each.Contributions[i])], isBinary));
        return new ContributionSummary(
            part,
            chosen.Length,
            rows.Length,
            explanations[0].Method,
            [.. columns.OrderByDescending(column => column.MeanAbsolute).ThenBy(column => column.Column, StringComparer.Ordinal)],
            Examples(explanations, chosen, data.Dataset.RowNumbers, isBinary))
        {
            IsCalibrated = explanations[0].IsCalibrated,
        };
    }

    private static int TreeNodes(Graph graph) => graph.Nodes
        .Where(node => node.OpType == TreeEnsemble.OperatorName && node.Domain == TreeEnsemble.Domain).Sum(node => TreeEnsemble.Of(node).Nodes.Length);

    private static int[] Spread(ImmutableArray<int> rows, int most) => rows.Length <= most
        ? [.. rows]
        : [.. Enumerable.Range(0, most).Select(i => rows[(int)((long)i * rows.Length / most)])];

    private static ColumnContributions Column(ManifestColumn column, Contribution[] contributions, bool hasPoints)
    {
        double sum = 0;
        foreach (var contribution in contributions)
        {
            sum += Math.Abs(contribution.LogOdds);
        }

        double[] values = Array.ConvertAll(contributions, each =>
            column.Kind == PlanColumn.Number && double.TryParse(each.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN);
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        var points = contributions.Select((each, i) => new ContributionPoint(each.LogOdds, Rank(sorted, values[i])));
        return new ColumnContributions(
            column.Name, sum / contributions.Length, hasPoints ? [.. points.OrderBy(point => point.LogOdds).ThenBy(point => point.Rank)] : []);
    }

    /// <summary>The share of values below, ties counted half, stretched so that the lowest has 0 and the highest 1.</summary>
    private static double Rank(double[] sorted, double value)
    {
        if (double.IsNaN(value) || sorted[0] == sorted[^1])
        {
            return double.NaN;
        }

        double low = Middle(sorted, sorted[0]);
        return (Middle(sorted, value) - low) / (Middle(sorted, sorted[^1]) - low);
    }

    private static double Middle(double[] sorted, double value)
    {
        int at = Array.BinarySearch(sorted, value);
        int first = at;
        int last = at;
        while (first > 0 && sorted[first - 1] == value)
        {
            first--;
        }

        while (last + 1 < sorted.Length && sorted[last + 1] == value)
        {
            last++;
        }

        return (first + last) / 2.0;
    }

    /// <summary>Of two classes the lowest, the middle and the highest risk; of several the surest answer of each of the classes answered most.</summary>
    private static ImmutableArray<ExampleContributions> Examples(IReadOnlyList<Explanation> explanations, int[] rows, int[] rowNumbers, bool isBinary)
    {
        int[] byRisk = [.. Enumerable.Range(0, rows.Length).OrderBy(i => explanations[i].Answer.Probability).ThenBy(i => rowNumbers[rows[i]])];
        int[] shown = isBinary
            ? [.. new[] { byRisk[0], byRisk[byRisk.Length / 2], byRisk[^1] }.Distinct()]
            : [.. byRisk.GroupBy(i => explanations[i].ExplainedClass).OrderByDescending(answered => answered.Count())
                .ThenBy(answered => answered.Key, StringComparer.Ordinal).Take(MostClasses).Select(answered => answered.Last())];
        return
        [
            .. shown.Select(i => new ExampleContributions(
                rowNumbers[rows[i]],
                explanations[i].Answer.Probability,
                explanations[i].LogOdds,
                explanations[i].ReferenceLogOdds,
                [
                    .. explanations[i].Contributions
                        .OrderByDescending(each => Math.Abs(each.LogOdds)).ThenBy(each => each.Column, StringComparer.Ordinal)
                        .Select(each => KeyValuePair.Create(each.Column, each.LogOdds)),
                ])
            {
                Class = explanations[i].ExplainedClass,
            }),
        ];
    }
}
