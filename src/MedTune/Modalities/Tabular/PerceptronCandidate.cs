using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A multilayer perceptron with embedded categories, trained by mini-batches with early stopping.</summary>
internal sealed class PerceptronCandidate(ImmutableArray<int> hidden, StochasticOptions options, int classes, ulong seed) : Candidate
{
    private const double EarlyStoppingShare = 0.15;
    private const string MarginName = "margin";

    public override string Name => "perceptron";

    public override ImmutableArray<string> Settings => [$"hidden units {string.Join(" and ", hidden)}"];

    public override TabularHead Head(FeatureSpace space, ulong stream)
    {
        var builder = GraphBuilder.From(space.Graph);
        var codes = space.Codes(builder);
        var (margin, parameters) = PerceptronHead.Append(
            builder, space.Features(builder), codes, hidden, classes == 2 ? 1 : classes, seed, stream, MarginName);
        builder.ClearOutputs();
        builder.Output(margin);
        return new TabularHead(
            builder.Build(),
            margin.Name,
            PerceptronHead.Intercept,
            [.. parameters.Select(parameter => new TrainableParameter(parameter.Name, parameter.Decays))],
            [.. space.Samples.Inputs.Keys]);
    }

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation)
    {
        var (train, stop) = EarlyStoppingRows(task);
        var head = Head(task.Space, task.Stream);
        using var trainer = new StochasticTrainer(
            head.FromSamples(task.Samples), head.Margin, task.Loss, head.Parameters, task.Samples, train, stop, options);
        var fitted = trainer.Fit(task.Seed, task.Stream, progress, cancellation);
        var record = new FitRecord();
        foreach (string name in fitted.Names)
        {
            record[$"0/{name}"] = fitted[name];
        }

        return record;
    }

    /// <summary>A seeded part of the training rows tells when to stop; no patient is on both sides.</summary>
    internal static (int[] Train, int[] Stop) EarlyStoppingRows(FitTask task)
    {
        var classes = Array.ConvertAll([.. task.Rows], row => task.Samples.Classes[row]);
        var groups = Array.ConvertAll([.. task.Rows], row => task.Groups[row]);
        var (kept, set) = Splits.SealedPart(classes, groups, EarlyStoppingShare, task.Seed ^ (task.Stream << 32));
        int[] train = Array.ConvertAll(kept, i => task.Rows[i]);
        int[] stop = Array.ConvertAll(set, i => task.Rows[i]);
        return stop.Length == 0 || train.Length == 0 ? ([.. task.Rows], [.. task.Rows]) : (train, stop);
    }
}
