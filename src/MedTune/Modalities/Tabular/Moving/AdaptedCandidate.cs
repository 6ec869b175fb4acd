using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>An existing model moved to new data. Its own preprocessing and calibration stay inside the graph.</summary>
internal abstract class AdaptedCandidate(ModelFile source, FeatureSpace space) : Candidate
{
    // As one over a prior variance on the log-odds scale: an intercept that may move far, but stays finite where all have one class.
    private const double InterceptPull = 0.1;

    // A network has no single optimum to reach: few steps from the source, stopped early, are what keeps it close.
    private const double NetworkTolerance = 1e-4;
    private const int NetworkIterations = 60;

    /// <summary>Between settings too: a weaker pull towards the source must be worth it.</summary>
    public override double SettingCaution => 1;

    public override bool MayCalibrate => false;

    /// <summary>The model that is moved.</summary>
    protected ModelFile Source => source;

    /// <summary>The source's own preprocessing, whatever was measured on the new data.</summary>
    public override FeatureSpace Space(FeatureSpace measured) => space;

    public override TabularHead Head(FeatureSpace space, ulong stream)
    {
        var description = source.Manifest.Head;
        var graph = GraphCut.Between(source.Graph, source.Graph.Inputs.Select(input => input.Name), [description.CalibratedMargin]);
        var parameters = description.Parameters.Select(parameter => new TrainableParameter(parameter.Name, parameter.IsPenalized));
        return new TabularHead(graph, description.CalibratedMargin, description.Intercept, [.. parameters], description.Features);
    }

    /// <summary>The intercept as something that moves; a weak pull keeps it finite where a fold holds one class only.</summary>
    protected static TrainableParameter FreeIntercept(TabularHead head) => new(head.Intercept, false) { OwnPenalty = InterceptPull };

    /// <summary>Fits some parameters at each of several penalties, each fit pulled to where the source is.</summary>
    protected static FitRecord FitPulled(
        TabularHead head,
        ImmutableArray<TrainableParameter> parameters,
        ImmutableArray<double> penalties,
        bool isConvex,
        FitTask task,
        CancellationToken cancellation)
    {
        var record = new FitRecord();
        using var trainer = new FullBatchTrainer(
            head.FromSamples(task.Samples), head.Margin, task.Loss, parameters, task.Samples, task.Rows.AsSpan());
        var options = isConvex
            ? new LbfgsOptions { GradientTolerance = LogisticCandidate.Tolerance }
            : new LbfgsOptions { GradientTolerance = NetworkTolerance, MaximumIterations = NetworkIterations };
        for (int setting = 0; setting < penalties.Length; setting++)
        {
            cancellation.ThrowIfCancellationRequested();
            trainer.Minimize(penalties[setting], trainer.StartValues, options);
            foreach (var (name, tensor) in trainer.ToTensors())
            {
                record.SetFloats($"{setting}/{name}", tensor.Values<float>());
            }
        }

        return record;
    }
}
