using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>An existing model moved to new data: left as it is, with a new intercept, with a
/// new slope beside it, or refitted and shrunk towards where it was.</summary>
/// <remarks>
/// The refit minimises the loss on the new data plus <c>penalty / (2 n) * |w - w_source|^2</c>; strong penalties leave the source as it is,
/// weak ones forget it. The source's own preprocessing and calibration stay inside the graph.
/// </remarks>
internal sealed class AdaptedCandidate : Candidate
{
    public const string AsIs = "as is";
    public const string NewIntercept = "new intercept";
    public const string InterceptAndSlope = "intercept and slope";
    public const string ShrunkRefit = "shrunk refit";

    // A network has no single optimum to reach: few steps from the source, stopped early, are what keeps it close.
    private const double NetworkTolerance = 1e-4;
    private const int NetworkIterations = 60;
    private const double InterceptPull = 0.1;

    // As one over a prior variance on the log-odds scale: an intercept that may move far, but stays finite where all have one class.
    private static readonly ImmutableArray<double> InterceptPenalties = [0.1];
    private static readonly ImmutableArray<double> SlopePenalties = [10, 3];

    private readonly ModelFile _source;
    private readonly FeatureSpace _space;
    private readonly ImmutableArray<double> _penalties;

    private AdaptedCandidate(ModelFile source, FeatureSpace space, string adaptation, ImmutableArray<double> penalties)
    {
        _source = source;
        _space = space;
        Name = adaptation;
        _penalties = penalties;
    }

    public override string Name { get; }

    /// <summary>
    /// A shrunk intercept hardly overfits, and prevalence always differs between hospitals: it need only be better. Whatever moves more must
    /// win by half a standard error: a hospital should not leave a validated model for a difference that may be noise.
    /// </summary>
    public override double Caution => Name switch { AsIs => 0, NewIntercept => -1, InterceptAndSlope => 1, _ => 1.5 };

    /// <summary>Between settings too: a weaker pull towards the source must be worth it.</summary>
    public override double SettingCaution => 1;

    public override bool MayCalibrate => false;

    public override ImmutableArray<string> Settings => Name switch
    {
        AsIs => ["unchanged"],
        NewIntercept => [.. _penalties.Select(penalty => $"intercept only, shrinkage {penalty.ToString("0.####", CultureInfo.InvariantCulture)}")],
        _ => [.. _penalties.Select(penalty => $"shrinkage {penalty.ToString("0.####", CultureInfo.InvariantCulture)}")],
    };

    /// <summary>The adaptations of a source model, the safest first.</summary>
    public static ImmutableArray<Candidate> All(ModelFile source, TabularData data, ImmutableArray<double> penalties)
    {
        var space = FeatureSpace.Of(source, data);
        return
        [
            new AdaptedCandidate(source, space, AsIs, []),
            new AdaptedCandidate(source, space, NewIntercept, InterceptPenalties),
            new AdaptedCandidate(source, space, InterceptAndSlope, SlopePenalties),
            new AdaptedCandidate(source, space, ShrunkRefit, Shrinkages(source, penalties)),
        ];
    }

    /// <summary>
    /// How many of the adaptations can be judged with so many patients of the rarest class: below 10 the choice itself costs more than
    /// a new slope can gain, below 20 the same holds for a refit.
    /// </summary>
    public static int MostFor(int fewestPatients) => fewestPatients < 10 ? 2 : fewestPatients < 20 ? 3 : 4;

    /// <summary>Whether the source is linear in its parameters, so that a refit has one optimum and is cheap.</summary>
    private bool IsLinear => !_source.Manifest.Head.Terms.IsEmpty;

    /// <summary>The source's own preprocessing, whatever was measured on the new data.</summary>
    public override FeatureSpace Space(FeatureSpace measured) => _space;

    public override TabularHead Head(FeatureSpace space, ulong stream)
    {
        var description = _source.Manifest.Head;
        var graph = GraphCut.Between(_source.Graph, _source.Graph.Inputs.Select(input => input.Name), [description.CalibratedMargin]);
        var parameters = description.Parameters.Select(parameter => new TrainableParameter(parameter.Name, parameter.IsPenalized));
        var (sloped, margin) = Name == InterceptAndSlope
            ? TabularModel.WithCalibration(graph, description.CalibratedMargin)
            : (graph, description.CalibratedMargin);
        return new TabularHead(sloped, margin, description.Intercept, [.. parameters], description.Features);
    }

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation)
    {
        var record = new FitRecord();
        if (Name == AsIs)
        {
            record["0/unchanged"] = [1];
            return record;
        }

        var head = Head(task.Space, task.Stream);
        var parameters = Moved(head);
        using var trainer = new FullBatchTrainer(
            head.FromSamples(task.Samples), head.Margin, task.Loss, parameters, task.Samples, task.Rows.AsSpan());
        var options = IsLinear || Name != ShrunkRefit
            ? new LbfgsOptions { GradientTolerance = LogisticCandidate.Tolerance }
            : new LbfgsOptions { GradientTolerance = NetworkTolerance, MaximumIterations = NetworkIterations };
        for (int setting = 0; setting < _penalties.Length; setting++)
        {
            cancellation.ThrowIfCancellationRequested();
            trainer.Minimize(_penalties[setting], trainer.StartValues, options);
            foreach (var (name, tensor) in trainer.ToTensors())
            {
                record.SetFloats($"{setting}/{name}", tensor.Values<float>());
            }
        }

        return record;
    }

    /// <summary>What an adaptation moves; a weak pull on the intercept keeps it finite where a fold holds one class only.</summary>
    private ImmutableArray<TrainableParameter> Moved(TabularHead head) => Name switch
    {
        NewIntercept => [new TrainableParameter(head.Intercept, true)],
        InterceptAndSlope => [new TrainableParameter(ModelFile.CalibrationSlope, true), FreeIntercept(head)],
        _ => [.. head.Parameters.Where(parameter => parameter.Name != head.Intercept), FreeIntercept(head)],
    };

    private static TrainableParameter FreeIntercept(TabularHead head) => new(head.Intercept, false) { OwnPenalty = InterceptPull };

    /// <summary>The penalties, strongest first; every second one for a network, whose refits cost more.</summary>
    private static ImmutableArray<double> Shrinkages(ModelFile source, ImmutableArray<double> penalties)
    {
        var sorted = penalties.Sort((a, b) => b.CompareTo(a));
        return source.Manifest.Head.Terms.IsEmpty ? [.. sorted.Where((_, place) => place % 2 == 0)] : sorted;
    }
}
