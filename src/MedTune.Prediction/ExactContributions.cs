namespace MedTune.Prediction;

/// <summary>Exact Shapley values of a model whose margin is a weighted sum of trees and of functions of one raw column each.</summary>
/// <remarks>
/// The Shapley value of a sum is the sum of the Shapley values, and a function of one column gives all of its change to that column. So a
/// stack of boosted trees and a linear model is explained exactly, each part against its own reference.
/// </remarks>
internal sealed class ExactContributions : IContributionMethod
{
    private readonly ModelFile _model;
    private readonly GraphRunner _runner;
    private readonly List<(TreePart Part, TreeShapley Shapley)> _trees;
    private readonly List<(string Value, double Weight)> _sums;
    private readonly TypicalPatient _typical;

    private ExactContributions(ModelFile model, MarginParts parts)
    {
        _model = model;
        _sums = parts.Sums;
        _trees = [.. parts.Trees.Select(part => (part, new TreeShapley(part.Trees)))];
        _typical = new TypicalPatient(model.Manifest);
        string[] values = [model.Manifest.ExplainedMargin, .. parts.Trees.Select(part => part.Features), .. parts.Sums.Select(sum => sum.Value)];
        _runner = new GraphRunner(model.Graph, [.. values.Distinct(StringComparer.Ordinal)]);
    }

    public string Description => (_trees.Count, _sums.Count) switch
    {
        ( > 0, 0) => $"exact {OfTrees}",
        (0, _) => $"exact: {OfSums}",
        _ => $"exact: {OfTrees}, and for the linear part of the model {OfSums}",
    };

    public int RunsPerSample => _sums.Count > 0 ? _model.Manifest.Columns.Length + 2 : 1;

    private static string OfTrees => "Shapley values of the trees (path-dependent, Lundberg and others, 2020), against the mean over the training patients each tree was grown from";

    private static string OfSums => "the change from the typical training patient (medians and most frequent levels), column by column";

    /// <summary>The method for a model, or null when something else is in its margin.</summary>
    public static ExactContributions? For(ModelFile model) => MarginParts.Of(model) is { } parts ? new ExactContributions(model, parts) : null;

    public (double Reference, double[] Parts) Explain(RawInputs sample, int ofClass)
    {
        int count = _model.Manifest.Columns.Length;
        int margins = _model.Manifest.Classes.Length == 2 ? 1 : _model.Manifest.Classes.Length;
        var changes = new double[margins][];
        for (int k = 0; k < margins; k++)
        {
            changes[k] = new double[count];
        }

        // The sample itself comes first; where there are sums, then the typical patient, and the typical patient with one column of the sample each.
        var values = _runner.Run(_sums.Count > 0 ? _typical.Mixed(sample, count + 2, (row, column) => row == 0 || row == column + 2) : sample);
        foreach (var (part, shapley) in _trees)
        {
            Add(part, shapley.Explain(values[part.Features].Values<float>()[..part.Columns.Length]), changes);
        }

        foreach (var (value, weight) in _sums)
        {
            AddSum(values[value].Values<float>(), weight, changes);
        }

        var own = values[_model.Manifest.ExplainedMargin].Values<float>()[..margins];
        double[] parts = [.. Enumerable.Range(0, count).Select(column => Of(changes.Select(change => change[column]), ofClass))];
        return (Of(own.ToArray().Select(margin => (double)margin), ofClass) - parts.Sum(), parts);
    }

    public void Dispose() => _runner.Dispose();

    private static void Add(TreePart part, double[][] byFeature, double[][] changes)
    {
        for (int k = 0; k < changes.Length; k++)
        {
            for (int feature = 0; feature < part.Columns.Length; feature++)
            {
                changes[k][part.Columns[feature]] += part.Weight * byFeature[k][feature];
            }
        }
    }

    private static void AddSum(ReadOnlySpan<float> values, double weight, double[][] changes)
    {
        int margins = changes.Length;
        for (int k = 0; k < margins; k++)
        {
            for (int column = 0; column < changes[k].Length; column++)
            {
                changes[k][column] += weight * ((double)values[((column + 2) * margins) + k] - values[margins + k]);
            }
        }
    }

    /// <summary>The single margin, or a class's margin against the mean of all.</summary>
    private static double Of(IEnumerable<double> margins, int ofClass)
    {
        double[] all = [.. margins];
        return ofClass < 0 ? all[0] : all[ofClass] - all.Average();
    }
}
