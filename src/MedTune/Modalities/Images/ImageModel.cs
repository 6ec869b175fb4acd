using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>The model of a run on pictures that is handed over, before and after its own figures are written into it.</summary>
internal sealed class ImageModel
{
    private readonly Graph _graph;
    private readonly Manifest _manifest;
    private readonly ImmutableArray<ulong> _rows;

    private ImageModel(Graph graph, Manifest manifest, ImmutableArray<ulong> rows)
    {
        (_graph, _manifest, _rows) = (graph, manifest, rows);
        File = ModelFile.Create(graph, manifest, rows);
    }

    /// <summary>The model file as it is now.</summary>
    public ModelFile File { get; }

    /// <summary>Puts graph and manifest together.</summary>
    /// <param name="plan">What was done.</param>
    /// <param name="data">All pictures.</param>
    /// <param name="fit">What was chosen.</param>
    /// <param name="rows">The pictures it knows.</param>
    public static ImageModel Create(Plan plan, ImageData data, ImageFit fit, int[] rows)
    {
        int classes = data.ClassNames.Length;
        var head = new ImageHead(fit.Margins, data.HasFindings ? [.. fit.Findings.Select(each => each.Calibration)] : [fit.Calibration], data.HasFindings);
        var pixels = PixelGraph.Of(fit.Backbone);
        bool isCalibrated = head.Calibrations.Any(calibration => calibration != Training.MarginCalibration.None);
        var manifest = new Manifest
        {
            Version = ProductVersion.Text,
            NumericsProfile = NumericsProfile.Version,
            Task = data.HasFindings ? Manifest.Multilabel : classes == 2 ? "binary" : "multiclass",
            ModelKind = fit.Kind == Plan.FrozenModel ? "frozen network with a linear head" : plan.Images!.Network is null ? "network trained from nothing" : "fine-tuned network",
            Target = data.Set.Target,
            Classes = data.ClassNames,
            Columns = [],
            MissingMarkers = [],
            Image = ImageOf(plan.Images!, data, fit.Backbone, pixels, rows),
            Threshold = classes == 2 && !data.HasFindings ? fit.Threshold : null,
            Thresholds = data.HasFindings ? fit.Thresholds : null,
            ThresholdRule = plan.Threshold,
            Calibration = fit.CalibrationName,
            TrainingSamples = rows.Length,
            TrainingClassCounts = [.. Enumerable.Range(0, classes).Select(k => rows.Count(row => data.Is(row, k)))],
            DataDigest = data.Digest,
            Seed = plan.Seed,
            Parent = plan.Images!.Network?.Parent is { } parent ? ManifestParent.Of(parent, fit.Kind) : null,
            Head = new ManifestHead
            {
                Margin = isCalibrated ? ImageHead.UncalibratedMargins : PixelGraph.Logits,
                CalibratedMargin = PixelGraph.Logits,
                Features = [pixels.Features],
                Parameters = [new ManifestParameter(ImageHead.Weights, true), new ManifestParameter(ImageHead.Intercepts, false)],
                Intercept = ImageHead.Intercepts,
            },
        };
        return new ImageModel(head.OnTopOf(fit.Backbone), manifest, [.. rows.Select(row => DigestOf(manifest, data, row))]);
    }

    /// <summary>How many pictures the model was trained on, by their pixels and class.</summary>
    public static int SeenRows(ModelFile model, ImageData data)
    {
        var seen = TrainingRows.Of(model);
        return Enumerable.Range(0, data.Rows).Count(row => seen.Contains(DigestOf(model.Manifest, data, row)));
    }

    /// <summary>The same model with its figures.</summary>
    public ModelFile WithMetrics(ImmutableArray<PartEvaluation> parts, ManifestSets? sets, ImmutableArray<ManifestSets>? findingSets) => ModelFile.Create(
        _graph,
        _manifest with
        {
            Metrics = ModelMetrics.Of(parts),
            Sets = sets,
            FindingSets = findingSets,
            MeasuredSamples = parts.ToImmutableSortedDictionary(part => part.Part, part => part.Predictions.Length, StringComparer.Ordinal),
        },
        _rows);

    private static ulong DigestOf(Manifest manifest, ImageData data, int row) =>
        TrainingRows.Digest(manifest.DataDigest, [data.Measures(row).Digest], data.Label(row));

    private static ManifestImage ImageOf(ImagePlan plan, ImageData data, ImageBackbone backbone, PixelGraph pixels, int[] rows)
    {
        var size = backbone.Normalization;
        var measures = Array.ConvertAll(rows, data.Measures);
        bool[] kinds = [.. measures.Select(measure => measure.IsGrey).Distinct()];
        return new ManifestImage
        {
            Resized = pixels.Image,
            Features = pixels.Features,
            Height = size.Height,
            Width = size.Width,
            Order = size.Order,
            Mean = size.Mean,
            Deviation = size.Deviation,
            ShortestSide = measures.Min(measure => Math.Min(measure.Width, measure.Height)),
            LongestSide = measures.Max(measure => Math.Max(measure.Width, measure.Height)),
            IsGrey = kinds.Length == 1 ? kinds[0] : null,
            Plane = data.Set.Plane is { } plane ? Data.Images.PlaneName.Of(plane) : null,
            Network = plan.Network?.Name ?? "",
            NetworkDigest = plan.NetworkDigest,
        };
    }
}
