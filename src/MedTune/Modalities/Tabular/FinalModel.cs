using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Tabular;

/// <summary>The model that is handed over, before and after its own figures are written into it.</summary>
internal sealed class FinalModel
{
    private readonly Graph _graph;
    private readonly Manifest _manifest;
    private readonly ImmutableArray<ulong> _rows;

    private FinalModel(Graph graph, Manifest manifest, ImmutableArray<ulong> rows)
    {
        _graph = graph;
        _manifest = manifest;
        _rows = rows;
        File = ModelFile.Create(graph, manifest, rows);
    }

    /// <summary>The model file as it is now.</summary>
    public ModelFile File { get; }

    /// <summary>Puts graph and manifest together.</summary>
    public static FinalModel Create(
        Plan plan, TabularData data, Candidate candidate, Choice choice, TabularHead head, FeatureSpace space, int[] rows)
    {
        var (graph, calibratedMargin) = TabularModel.Assemble(head, choice.Score.Calibration, data.ClassCount);
        var source = plan.From?.Manifest;
        var own = candidate.Space(space);
        bool isAdapted = candidate is AdaptedCandidate;
        var manifest = new Manifest
        {
            Version = ProductVersion.Text,
            NumericsProfile = NumericsProfile.Version,
            Task = data.ClassCount == 2 ? "binary" : "multiclass",
            ModelKind = KindOf(candidate, source),
            Target = data.Dataset.Rule?.Text ?? "",
            Classes = data.ClassNames,
            Columns = source?.Columns ?? TabularModel.Columns(space.Columns),
            MissingMarkers = data.Dataset.Missing.Named,
            Threshold = data.ClassCount == 2 ? choice.Threshold : null,
            ThresholdRule = plan.Threshold,
            Calibration = isAdapted ? source!.Calibration : choice.Score.Calibration.Name,
            TrainingSamples = rows.Length,
            TrainingClassCounts = [.. Enumerable.Range(0, data.ClassCount).Select(k => rows.Count(row => data.Classes[row] == k))],
            DataDigest = data.Dataset.Digest,
            Seed = plan.Seed,
            Parent = plan.From is { } parent ? ManifestParent.Of(parent, candidate.Name) : null,
            Head = new ManifestHead
            {
                Margin = isAdapted ? source!.Head.Margin : head.Margin,
                CalibratedMargin = calibratedMargin,
                Features = head.Features,
                Parameters = [.. head.Parameters.Select(parameter => new ManifestParameter(parameter.Name, parameter.IsPenalized))],
                Intercept = head.Intercept,
                Terms = isAdapted
                    ? TabularModel.MovedTerms(source!.Head.Terms, own, head, rows)
                    : candidate is LogisticCandidate ? TabularModel.LinearTerms(own, head, rows) : [],
            },
        };
        var digests = rows.Select(row => TrainingRows.Digest(manifest.DataDigest, data.Inputs.Texts(row), data.ClassNames[data.Classes[row]]));
        return new FinalModel(graph, manifest, [.. digests]);
    }

    /// <summary>The same model with its figures.</summary>
    public ModelFile WithMetrics(ImmutableArray<PartEvaluation> parts, ManifestSets? sets) => ModelFile.Create(
        _graph,
        _manifest with
        {
            Metrics = ModelMetrics.Of(parts),
            Sets = sets,
            MeasuredSamples = parts.ToImmutableSortedDictionary(part => part.Part, part => part.Predictions.Length, StringComparer.Ordinal),
        },
        _rows);

    private static string KindOf(Candidate candidate, Manifest? source) => candidate switch
    {
        AdaptedCandidate => source!.ModelKind,
        StackCandidate => StackCandidate.Kind,
        _ => candidate.Name,
    };
}
