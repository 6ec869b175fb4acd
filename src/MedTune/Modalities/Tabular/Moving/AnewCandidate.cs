using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A model trained on the new data alone: what the source is mixed with, and what it must be better than to be worth moving.</summary>
internal sealed class AnewCandidate(Candidate own) : Candidate
{
    public override string Name => $"{own.Name}, trained anew";

    /// <summary>To drop a validated source model takes clear evidence.</summary>
    public override double Caution => 2;

    public override bool MayCalibrate => false;

    public override ImmutableArray<string> Settings => own.Settings;

    public override FeatureSpace Space(FeatureSpace measured) => own.Space(measured);

    public override TabularHead Head(FeatureSpace space, ulong stream) => own.Head(space, stream);

    public override FitRecord Fit(FitTask task, FitProgressFile progress, CancellationToken cancellation) => own.Fit(task, progress, cancellation);

    public override TabularHead Fitted(FeatureSpace space, ulong stream, FitRecord record, int setting) => own.Fitted(space, stream, record, setting);
}
