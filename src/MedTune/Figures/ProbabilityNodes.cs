using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune;

/// <summary>What stands behind the margins of a model for classes: calibration and probabilities, as nodes.</summary>
internal static class ProbabilityNodes
{
    private const string CalibratedMargin = "calibrated-margin";

    /// <summary>Calibrates margins and makes probabilities the graph's output.</summary>
    /// <param name="builder">Holds the margins.</param>
    /// <param name="margin">Float [N, 1] for two classes, else [N, classes].</param>
    /// <param name="calibration">Applied to them.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>The calibrated margins.</returns>
    public static Value Append(GraphBuilder builder, Value margin, MarginCalibration calibration, int classes)
    {
        if (calibration != MarginCalibration.None)
        {
            margin = Calibrated(builder, margin, calibration.Slope, calibration.Intercept);
        }

        if (classes == 2)
        {
            var positive = builder.Append("Sigmoid", [margin]);
            var negative = builder.Append("Sub", [builder.Constant(Tensor.Vector(1f), "one"), positive]);
            var both = builder.Append(
                "Concat", [negative, positive], Attributes.None.With("axis", 1), outputName: ModelFile.ProbabilitiesOutput);
            builder.Output(both);
        }
        else
        {
            builder.Output(builder.Append("Softmax", [margin], Attributes.None.With("axis", 1), outputName: ModelFile.ProbabilitiesOutput));
        }

        return margin;
    }

    /// <summary>The margins with a slope and an intercept.</summary>
    public static Value Calibrated(GraphBuilder builder, Value margin, double slope, double intercept)
    {
        var factor = builder.Initializer(ModelFile.CalibrationSlope, Tensor.Vector((float)slope));
        var shift = builder.Initializer("calibration/intercept", Tensor.Vector((float)intercept));
        return builder.Append("Add", [builder.Append("Mul", [margin, factor]), shift], outputName: CalibratedMargin);
    }
}
