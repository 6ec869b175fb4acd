using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>What stands behind the features in the model file: margins, their calibration, and probabilities.</summary>
/// <param name="Margins">One for two classes, else one per class or finding.</param>
/// <param name="Calibrations">One for all margins, or one for each finding.</param>
/// <param name="HasFindings">Whether each margin is a finding of its own, which is there or not, rather than one of several classes.</param>
internal sealed record ImageHead(LinearMargins Margins, ImmutableArray<MarginCalibration> Calibrations, bool HasFindings)
{
    /// <summary>Names in the graph.</summary>
    public const string Weights = "head/weights", Intercepts = "head/intercepts", UncalibratedMargins = "head/margins";

    /// <summary>The penalty that was chosen, for each finding.</summary>
    public ImmutableArray<double> Penalties { get; init; } = [];

    /// <summary>Calibrated margins of every picture by fits that had not seen its patient, [sample, margin].</summary>
    public float[] OutOfFold { get; init; } = [];

    /// <summary>Fits a head.</summary>
    /// <param name="features">Features of the pictures to learn from.</param>
    /// <param name="labels">For each picture the number of its class, or a 0 or 1 for each finding.</param>
    /// <param name="classes">Number of classes or findings.</param>
    /// <param name="hasFindings">Which of the two.</param>
    /// <param name="patients">The patient of each picture, null where not known: such a picture counts as a patient of its own.</param>
    /// <param name="seed">The run's seed, by which pictures are dealt to folds.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="progress">Told after every fold.</param>
    /// <param name="cancellation">Asked before every fit.</param>
    /// <exception cref="DataException">There are too few pictures or patients of a class.</exception>
    public static ImageHead Fit(
        ImageFeatureSet features,
        IReadOnlyList<ImmutableArray<int>> labels,
        int classes,
        bool hasFindings,
        IReadOnlyList<string?> patients,
        ulong seed,
        TaskPool pool,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        int[] groups = Groups(patients);
        ImmutableArray<HeadChoice> parts =
        [
            .. Enumerable.Range(0, hasFindings ? classes : 1).Select(finding => HeadChoice.Of(
                features, [.. labels.Select(label => label[finding])], hasFindings ? 2 : classes, groups, seed, pool, progress, cancellation)),
        ];
        return new ImageHead(
            hasFindings ? LinearMargins.Joined([.. parts.Select(part => part.Margins)]) : parts[0].Margins, [.. parts.Select(part => part.Calibration)], hasFindings)
        {
            Penalties = [.. parts.Select(part => part.Penalty)],
            OutOfFold = !hasFindings ? parts[0].OutOfFold : [.. Enumerable.Range(0, labels.Count * classes).Select(i => parts[i % classes].OutOfFold[i / classes])],
        };
    }

    /// <summary>The model: from decoded pixels of any size to <c>probabilities</c> [N, classes] and the calibrated margins <c>logits</c> behind them.</summary>
    public Graph OnTopOf(ImageBackbone backbone)
    {
        var pixels = PixelGraph.Of(backbone);
        var builder = GraphBuilder.From(pixels.Graph);
        builder.ClearOutputs();
        var weights = builder.Initializer(Weights, new Tensor<float>(new Shape(backbone.Width, Margins.Count), Margins.Weights));
        var intercepts = builder.Initializer(Intercepts, Tensor.Vector<float>(Margins.Intercepts));
        bool isCalibrated = Calibrations.Any(calibration => calibration != MarginCalibration.None);
        var logits = builder.Append("Gemm", [builder[pixels.Features], weights, intercepts], outputName: isCalibrated ? UncalibratedMargins : PixelGraph.Logits);
        if (isCalibrated)
        {
            var slopes = builder.Initializer(ModelFile.CalibrationSlope, Tensor.Vector<float>([.. Calibrations.Select(calibration => (float)calibration.Slope)]));
            var shifts = builder.Initializer("calibration/intercept", Tensor.Vector<float>([.. Calibrations.Select(calibration => (float)calibration.Intercept)]));
            logits = builder.Append("Add", [builder.Multiply(logits, slopes), shifts], outputName: PixelGraph.Logits);
        }

        builder.Output(Probabilities(builder, logits));
        builder.Output(logits);
        return builder.Build();
    }

    private Value Probabilities(GraphBuilder builder, Value logits)
    {
        if (HasFindings)
        {
            return builder.Append("Sigmoid", [logits], outputName: ModelFile.ProbabilitiesOutput);
        }

        if (Margins.Count > 1)
        {
            return builder.Append("Softmax", [logits], Attributes.None.With("axis", 1), outputName: ModelFile.ProbabilitiesOutput);
        }

        var positive = builder.Sigmoid(logits);
        var negative = builder.Subtract(builder.Initializer("head/one", Tensor.Vector(1f)), positive);
        return builder.Append("Concat", [negative, positive], Attributes.None.With("axis", 1), outputName: ModelFile.ProbabilitiesOutput);
    }

    private static int[] Groups(IReadOnlyList<string?> patients)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. patients.Select((patient, i) => patient is null || first.TryAdd(patient, i) ? i : first[patient])];
    }
}
