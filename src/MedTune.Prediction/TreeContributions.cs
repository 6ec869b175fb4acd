using MedTune.Graphs;

namespace MedTune.Prediction;

/// <summary>Exact Shapley values of a model whose margin is a sum of trees and an intercept.</summary>
internal sealed class TreeContributions : IContributionMethod
{
    private readonly ModelFile _model;
    private readonly GraphRunner _runner;
    private readonly TreeShapley _shapley;
    private readonly string _features;

    private TreeContributions(ModelFile model, TreeEnsemble trees, string features)
    {
        _model = model;
        _features = features;
        _shapley = new TreeShapley(trees);
        _runner = new GraphRunner(model.Graph, [features, model.Manifest.Head.Margin]);
    }

    public string Description =>
        "exact Shapley values of the trees (path-dependent, Lundberg and others, 2020), against the mean over the training patients each tree was grown from";

    public int RunsPerSample => 1;

    /// <summary>The method for a model, or null when its margin is not a plain sum of trees over its columns.</summary>
    public static TreeContributions? For(ModelFile model)
    {
        var head = model.Manifest.Head;
        int margins = model.Manifest.Classes.Length == 2 ? 1 : model.Manifest.Classes.Length;
        var sum = model.Graph.Nodes.FirstOrDefault(node => node.Outputs[0] == head.Margin && node.OpType == "Add");
        var node = sum is null ? null : model.Graph.Nodes.FirstOrDefault(node => node.Outputs[0] == sum.Inputs[0]);
        bool isPlain = node?.OpType == TreeEnsemble.OperatorName && node.Domain == TreeEnsemble.Domain
            && head.Features.Length == 1 && node.Inputs[0] == head.Features[0] && sum!.Inputs[1] == head.Intercept;
        if (!isPlain || TreeEnsemble.Of(node!) is not { } trees || trees.Targets != margins)
        {
            return null;
        }

        // One feature per column, in the order of the columns: so trees read them.
        var shape = model.Graph.Types[head.Features[0]].Dimensions;
        bool isPerColumn = shape.Length == 2 && shape[1].Value == model.Manifest.Columns.Length && trees.Features <= model.Manifest.Columns.Length;
        return isPerColumn && TreeShapley.CanExplain(trees) ? new TreeContributions(model, trees, head.Features[0]) : null;
    }

    public (double Reference, double[] Parts) Explain(RawInputs sample, int ofClass)
    {
        var values = _runner.Run(sample);
        double[][] all = _shapley.Explain(values[_features].Values<float>());
        var margins = values[_model.Manifest.Head.Margin].Values<float>();
        if (ofClass < 0)
        {
            return (margins[0] - all[0].Sum(), all[0]);
        }

        double mean = 0;
        foreach (float margin in margins)
        {
            mean += margin / (double)margins.Length;
        }

        double[] parts = [.. all[ofClass].Select((part, column) => part - all.Average(target => target[column]))];
        return (margins[ofClass] - mean - parts.Sum(), parts);
    }

    public void Dispose() => _runner.Dispose();
}
