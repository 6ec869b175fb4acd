using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A random forest; its settings are sizes of leaves, the largest first. The margin is the logit of the mean probability.</summary>
internal sealed class ForestCandidate(int classes, int samples, ulong seed) : TreeCandidate(classes)
{
    // Leaves hold a little of the training mix, so probabilities stay inside; float rounding alone must not leave the interval.
    private const float Least = 1e-6f;

    private readonly ImmutableArray<int> _leafSamples = samples > NestedValidation.LargeRows ? [Math.Max(20, samples / 1000)] : [10, 3];

    public override string Name => "random forest";

    public override ImmutableArray<string> Settings =>
        [.. _leafSamples.Select(count => string.Create(CultureInfo.InvariantCulture, $"leaves of at least {count}"))];

    protected override FitRecord Fit(TreeSamples samples, FitTask task, int setting, FitProgressFile progress, CancellationToken cancellation)
    {
        var options = new ForestOptions { LeafSamples = _leafSamples[setting], Trees = samples.Count > NestedValidation.LargeRows / 2 ? 100 : 200 };
        return RandomForest.Fit(samples, options, seed, task.Stream, progress, task.Pool, cancellation);
    }

    protected override Value AppendMargin(GraphBuilder builder, Value trees)
    {
        var shares = builder.Append(
            "Clip", [trees, builder.Constant(Tensor.Scalar(Least), "least"), builder.Constant(Tensor.Scalar(1 - Least), "most")]);
        var logs = builder.Append("Log", [shares]);
        return Margins == 1
            ? builder.Append("Sub", [logs, builder.Append("Log", [builder.Append("Sub", [builder.Constant(Tensor.Vector(1f), "whole"), shares])])])
            : logs;
    }
}
