using MedTune.Columns;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A model of decision trees over the raw columns; what differs is how the trees are grown and how they become a margin.</summary>
internal abstract class TreeCandidate(int classes) : Candidate
{
    /// <summary>The initializer added to every margin.</summary>
    public const string Intercept = "intercept";

    /// <summary>The name of the margins.</summary>
    protected const string MarginName = "margin";

    /// <summary>Margins per sample.</summary>
    protected int Margins { get; } = classes == 2 ? 1 : classes;

    public override FeatureSpace Space(FeatureSpace measured) => measured.ForTrees();

    /// <summary>Before training there is one tree, a leaf that adds nothing.</summary>
    public override TabularHead Head(FeatureSpace space, ulong stream) =>
        Head(space, new TreeEnsemble(Margins, [0], [new TreeNode(TreeBranch.Leaf, 0, 0, 0, 0, false, 0)], [], [], false), new float[Margins]);

    public override TabularHead Fitted(FeatureSpace space, ulong stream, FitRecord record, int setting)
    {
        string prefix = $"{setting}/";
        return Head(Space(space), FittedTrees.Of(record, prefix, Margins), FittedTrees.InterceptsOf(record, prefix));
    }

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation)
    {
        var samples = SamplesOf(task);
        var record = new FitRecord();
        for (int setting = 0; setting < Settings.Length; setting++)
        {
            cancellation.ThrowIfCancellationRequested();
            var fitted = Fit(samples, task, setting, progress.Part(setting), cancellation);
            foreach (string name in fitted.Names)
            {
                record[$"{setting}/{name}"] = fitted[name];
            }
        }

        return record;
    }

    /// <summary>Fits one setting.</summary>
    protected abstract FitRecord Fit(TreeSamples samples, FitTask task, int setting, FitProgressFile progress, CancellationToken cancellation);

    /// <summary>Appends what turns the trees' outputs into margins.</summary>
    protected abstract Value AppendMargin(GraphBuilder builder, Value trees);

    private static TreeSamples SamplesOf(FitTask task)
    {
        bool[] isCategory = [.. task.Space.Columns.Select(column => column.Use != ColumnUse.Number)];
        var matrix = task.Samples.Inputs[ColumnPreprocessing.TreeFeatures].Values<float>();
        return new TreeSamples(
            BinnedFeatures.Of(matrix, isCategory, task.Rows.AsSpan()),
            [.. task.Rows.Select(row => task.Samples.Classes[row])],
            [.. task.Rows.Select(row => task.Groups[row])],
            task.ClassCount);
    }

    private TabularHead Head(FeatureSpace space, TreeEnsemble trees, float[] intercepts)
    {
        var builder = GraphBuilder.From(space.Graph);
        builder.ClearOutputs();
        var sums = builder.Append(TreeEnsemble.OperatorName, [space.Features(builder)!.Value], trees.ToAttributes(), TreeEnsemble.Domain);
        var intercept = builder.Initializer(Intercept, Tensor.Vector(intercepts));
        var raised = AppendMargin(builder, sums);
        var margin = builder.Append("Add", [raised, intercept], outputName: MarginName);
        builder.Output(margin);
        return new TabularHead(builder.Build(), margin.Name, Intercept, [new TrainableParameter(Intercept, false)], [raised.Name]);
    }
}
