using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Turns a forest's mean shares of the classes into margins.</summary>
internal static class ForestMargin
{
    // Leaves hold a little of the training mix, so probabilities stay inside; float rounding alone must not leave the interval.
    private const float Least = 1e-6f;

    /// <summary>Appends the nodes: the logit for two classes, else the logarithm of each share.</summary>
    /// <param name="builder">The graph so far.</param>
    /// <param name="trees">The sums of the leaves, Float [N, margins].</param>
    /// <param name="margins">1 for two classes, else one for each.</param>
    public static Value Append(GraphBuilder builder, Value trees, int margins)
    {
        var shares = builder.Append(
            "Clip", [trees, builder.Constant(Tensor.Scalar(Least), "least"), builder.Constant(Tensor.Scalar(1 - Least), "most")]);
        var logs = builder.Append("Log", [shares]);
        return margins == 1
            ? builder.Append("Sub", [logs, builder.Append("Log", [builder.Append("Sub", [builder.Constant(Tensor.Vector(1f), "whole"), shares])])])
            : logs;
    }
}
