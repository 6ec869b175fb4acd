using System.Collections.Immutable;
using System.Globalization;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>All layers of a source model trained on from where they are by small steps, stopped early by samples kept aside.</summary>
internal sealed class FineTunedCandidate(ModelFile source, FeatureSpace space, StochasticOptions options) : AdaptedCandidate(source, space)
{
    public const string Kind = "all layers";

    private static readonly ImmutableArray<double> Rates = [0.0003, 0.001];

    public override string Name => Kind;

    /// <summary>Whatever moves more than an intercept must win by more than noise.</summary>
    public override double Caution => 1.5;

    /// <summary>The refit reaches the same weights with a pull instead of a stop.</summary>
    public override bool MayJoin => false;

    public override ImmutableArray<string> Settings =>
        [.. Rates.Select(rate => $"learning rate {rate.ToString("0.####", CultureInfo.InvariantCulture)}, stopped early")];

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation)
    {
        var (train, stop) = PerceptronCandidate.EarlyStoppingRows(task);
        var head = Head(task.Space, task.Stream);
        var record = new FitRecord();
        for (int setting = 0; setting < Rates.Length; setting++)
        {
            cancellation.ThrowIfCancellationRequested();
            var own = options with { LearningRate = Rates[setting], Optimizer = options.Optimizer with { WeightDecay = 0 } };
            using var trainer = new StochasticTrainer(
                head.FromSamples(task.Samples), head.Margin, task.Loss, head.Parameters, task.Samples, train, stop, own);
            var fitted = trainer.Fit(task.Seed, task.Stream, progress.Part(setting), cancellation);
            foreach (string name in fitted.Names)
            {
                record[$"{setting}/{name}"] = fitted[name];
            }
        }

        return record;
    }
}
