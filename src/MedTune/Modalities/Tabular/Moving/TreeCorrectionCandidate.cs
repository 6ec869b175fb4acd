using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A source model with trees, its intercept fitted anew, and trees that correct its margins for the new patients.</summary>
internal abstract class TreeCorrectionCandidate(ModelFile source, FeatureSpace space, string matrix) : AdaptedCandidate(source, space)
{
    /// <summary>Whatever moves more than an intercept must win by more than noise.</summary>
    public override double Caution => 1.5;

    /// <summary>The name of the feature matrix that the source's trees take; null where it has none.</summary>
    public static string? MatrixOf(ModelFile source) => source.Graph.Nodes.FirstOrDefault(IsTrees)?.Inputs[0];

    /// <summary>The source's trees over that matrix.</summary>
    protected ImmutableArray<TreeEnsemble> SourceTrees => [.. Source.Graph.Nodes.Where(node => IsTrees(node) && node.Inputs[0] == matrix).Select(TreeEnsemble.Of)];

    public override TabularHead Fitted(FeatureSpace space, ulong stream, FitRecord record, int setting)
    {
        var head = base.Fitted(space, stream, record, setting);
        var builder = GraphBuilder.From(head.Graph);
        builder.ClearOutputs();
        var margin = builder[head.Margin];
        var features = head.Features;
        foreach (var trees in Corrections(record, setting, margin.Type.Dimensions[1].Value ?? 1))
        {
            var sums = builder.Append(TreeEnsemble.OperatorName, [builder[matrix]], trees.ToAttributes(), TreeEnsemble.Domain);
            margin = builder.Append("Add", [margin, sums]);
            features = features.Add(sums.Name);
        }

        builder.Output(margin);
        return head with { Graph = builder.Build(), Margin = margin.Name, Features = features };
    }

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation)
    {
        var head = Head(task.Space, task.Stream);
        var shifted = FitPulled(head, [FreeIntercept(head)], [0], isConvex: true, task, cancellation);
        float[] intercept = shifted.Floats($"0/{head.Intercept}");
        var graph = head.Graph.WithInitializers([KeyValuePair.Create<string, Tensor>(
            head.Intercept, new Tensor<float>(head.Graph.Initializers[head.Intercept].Shape, intercept))]);
        float[] margins = HeadScores.Of((head with { Graph = graph }).FromSamples(task.Samples), head.Margin, task.Samples, task.Rows.AsSpan());
        var record = new FitRecord();
        for (int setting = 0; setting < Settings.Length; setting++)
        {
            cancellation.ThrowIfCancellationRequested();
            record.SetFloats($"{setting}/{head.Intercept}", intercept);
            FitCorrection(task, task.Samples.Inputs[matrix], margins, setting, record, progress.Part(setting), cancellation);
        }

        return record;
    }

    /// <summary>Fits one setting's trees to what the margins leave unexplained.</summary>
    protected abstract void FitCorrection(
        FitTask task, Tensor matrix, float[] margins, int setting, FitRecord record, FitProgressFile progress, CancellationToken cancellation);

    /// <summary>The trees that a fit found, with one output per margin.</summary>
    protected abstract IEnumerable<TreeEnsemble> Corrections(FitRecord record, int setting, int margins);

    private static bool IsTrees(Node node) => node.OpType == TreeEnsemble.OperatorName && node.Domain == TreeEnsemble.Domain;
}
