using System.Collections.Immutable;
using System.Globalization;
using MedTune.Columns;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>Logistic regression with a ridge penalty; its settings are the penalties, strongest first.</summary>
/// <param name="penalties">The penalties to choose from.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="logarithms">Whether long-tailed columns enter by their logarithm.</param>
internal sealed class LogisticCandidate(ImmutableArray<double> penalties, int classes, bool logarithms = false) : Candidate
{
    /// <summary>Largest gradient entry at which a fit counts as converged.</summary>
    public const double Tolerance = 1e-7;

    // Far below what another sample of so many rows would change.
    private const double LargeTolerance = 1e-5;
    private const int LargeIterations = 200;

    private const string MarginName = "margin";

    private readonly ImmutableArray<double> _penalties = penalties.Sort((a, b) => b.CompareTo(a));

    public override string Name => "logistic regression";

    public override string Key => logarithms && Draw < 0 ? $"{Name}, logarithms" : base.Key;

    public override ImmutableArray<string> Settings =>
        [.. _penalties.Select(penalty => $"penalty {penalty.ToString("0.####", CultureInfo.InvariantCulture)}{(logarithms ? ", logarithms" : "")}")];

    public override SettingValues Values(int setting) => LogisticSpace.Values(_penalties[setting], logarithms);

    public override Candidate Drawn(ulong seed, int draw)
    {
        var (penalty, logs) = LogisticSpace.Draw(seed, draw);
        return new LogisticCandidate([penalty], classes, logs) { Draw = draw };
    }

    public override FeatureSpace Space(FeatureSpace measured) => logarithms ? measured.ForLogarithms() : measured;

    public override TabularHead Head(FeatureSpace space, ulong stream)
    {
        var builder = GraphBuilder.From(space.Graph);
        var codes = space.Codes(builder);
        Value? features = space.Features(builder);
        var margin = LinearHead.Append(builder, features, codes, classes == 2 ? 1 : classes, MarginName);
        builder.ClearOutputs();
        builder.Output(margin);
        var parameters = ImmutableArray.CreateBuilder<TrainableParameter>();
        if (features is not null)
        {
            parameters.Add(new TrainableParameter(LinearHead.Weights, true));
        }

        parameters.AddRange(codes.Select(category => new TrainableParameter(LinearHead.TableOf(category.Label), true)));
        parameters.Add(new TrainableParameter(LinearHead.Intercept, false));
        return new TabularHead(builder.Build(), margin.Name, LinearHead.Intercept, parameters.ToImmutable(), [.. space.Samples.Inputs.Keys]);
    }

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation)
    {
        var options = task.Rows.Length > NestedValidation.LargeRows
            ? new LbfgsOptions { GradientTolerance = LargeTolerance, MaximumIterations = LargeIterations }
            : new LbfgsOptions { GradientTolerance = Tolerance };
        return classes == 2 ? FitTwoClasses(task, options, cancellation) : FitSeveral(task, options, cancellation);
    }

    private FitRecord FitTwoClasses(FitTask task, LbfgsOptions options, CancellationToken cancellation)
    {
        string? features = task.Samples.Inputs.ContainsKey(ColumnPreprocessing.Features) ? ColumnPreprocessing.Features : null;
        var trainer = new LogisticTrainer(task.Samples, features, task.Space.LevelCodes, task.Rows.AsSpan(), task.Pool);
        return Record(penalty => trainer.Minimize(penalty, options), trainer.ToTensors, cancellation);
    }

    private FitRecord FitSeveral(FitTask task, LbfgsOptions options, CancellationToken cancellation)
    {
        var head = Head(task.Space, task.Stream);
        using var trainer = new FullBatchTrainer(
            head.FromSamples(task.Samples), head.Margin, task.Loss, head.Parameters, task.Samples, task.Rows.AsSpan());
        return Record(penalty => trainer.Minimize(penalty, [], options), trainer.ToTensors, cancellation);
    }

    private FitRecord Record(Func<double, LbfgsResult> minimize, Func<ImmutableSortedDictionary<string, Tensor>> tensors, CancellationToken cancellation)
    {
        var record = new FitRecord();
        for (int setting = 0; setting < _penalties.Length; setting++)
        {
            // From the strongest penalty to the weakest, each fit starts where the one before ended.
            cancellation.ThrowIfCancellationRequested();
            var result = minimize(_penalties[setting]);
            foreach (var (name, tensor) in tensors())
            {
                record.SetFloats($"{setting}/{name}", tensor.Values<float>());
            }

            record[$"{setting}/convergence"] = [result.Converged ? 1 : 0, result.GradientNorm, result.Iterations];
        }

        return record;
    }
}
