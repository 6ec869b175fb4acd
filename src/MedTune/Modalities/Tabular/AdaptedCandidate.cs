using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>An existing model moved to new data: left as it is, with a new intercept, or refitted and shrunk towards where it was.</summary>
/// <remarks>
/// The refit minimises the loss on the new data plus <c>penalty / (2 n) * |w - w_source|^2</c>; strong penalties leave the source as it is,
/// weak ones forget it. The source's own preprocessing and calibration stay inside the graph.
/// </remarks>
internal sealed class AdaptedCandidate : Candidate
{
    public const string AsIs = "as is";
    public const string NewIntercept = "new intercept";
    public const string ShrunkRefit = "shrunk refit";

    // A network has no single optimum to reach: few steps from the source, stopped early, are what keeps it close.
    private const double NetworkTolerance = 1e-4;
    private const int NetworkIterations = 60;

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

    /// <summary>Half a standard error: a hospital should not leave a validated model for a difference that may be noise.</summary>
    public override double Caution => Name == AsIs ? 0 : 0.5;

    public override bool MayCalibrate => false;

    public override ImmutableArray<string> Settings => Name switch
    {
        AsIs => ["unchanged"],
        NewIntercept => ["intercept only"],
        _ => [.. _penalties.Select(penalty => $"shrinkage {penalty.ToString("0.####", CultureInfo.InvariantCulture)}")],
    };

    /// <summary>The three adaptations of a source model, the safest first.</summary>
    public static ImmutableArray<Candidate> All(ModelFile source, TabularData data, ImmutableArray<double> penalties)
    {
        var space = FeatureSpace.Of(source, data);
        return
        [
            new AdaptedCandidate(source, space, AsIs, []),
            new AdaptedCandidate(source, space, NewIntercept, []),
            new AdaptedCandidate(source, space, ShrunkRefit, Shrinkages(source, penalties)),
        ];
    }

    /// <summary>Whether the source is linear in its parameters, so that a refit has one optimum and is cheap.</summary>
    private bool IsLinear => !_source.Manifest.Head.Terms.IsEmpty;

    /// <summary>The source's own preprocessing, whatever was measured on the new data.</summary>
    public override FeatureSpace Space(FeatureSpace measured) => _space;

    public override TabularHead Head(FeatureSpace space, ulong stream)
    {
        var description = _source.Manifest.Head;
        return new TabularHead(
            GraphCut.Between(_source.Graph, _source.Graph.Inputs.Select(input => input.Name), [description.CalibratedMargin]),
            description.CalibratedMargin,
            description.Intercept,
            [.. description.Parameters.Select(parameter => new TrainableParameter(parameter.Name, parameter.IsPenalized))]);
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
        ImmutableArray<TrainableParameter> parameters = Name == NewIntercept
            ? [new TrainableParameter(head.Intercept, false)]
            : head.Parameters;
        using var trainer = new FullBatchTrainer(
            head.FromSamples(task.Samples), head.Margin, task.Loss, parameters, task.Samples, task.Rows.AsSpan());
        var options = IsLinear
            ? new LbfgsOptions { GradientTolerance = LogisticCandidate.Tolerance }
            : new LbfgsOptions { GradientTolerance = NetworkTolerance, MaximumIterations = NetworkIterations };
        double[] penalties = Name == NewIntercept ? [0] : [.. _penalties];
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

    /// <summary>The penalties, strongest first; every second one for a network, whose refits cost more.</summary>
    private static ImmutableArray<double> Shrinkages(ModelFile source, ImmutableArray<double> penalties)
    {
        var sorted = penalties.Sort((a, b) => b.CompareTo(a));
        return source.Manifest.Head.Terms.IsEmpty ? [.. sorted.Where((_, place) => place % 2 == 0)] : sorted;
    }
}
