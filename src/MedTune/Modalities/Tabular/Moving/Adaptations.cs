using System.Collections.Immutable;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>The ways to move a model to new data, the safest first.</summary>
internal static class Adaptations
{
    /// <summary>Those that suit a source model.</summary>
    /// <param name="plan">With the source.</param>
    /// <param name="source">The model that is moved.</param>
    /// <param name="data">The new data.</param>
    /// <param name="anew">Models trained on the new data alone, to mix with.</param>
    public static ImmutableArray<Candidate> Of(Plan plan, ModelFile source, TabularData data, IEnumerable<Candidate> anew)
    {
        var description = source.Manifest.Head;
        var space = FeatureSpace.Of(source, description.Features, data);
        var all = ImmutableArray.CreateBuilder<Candidate>();
        all.Add(new RecalibrationCandidate(source, space, RecalibrationCandidate.AsIs));
        all.Add(new RecalibrationCandidate(source, space, RecalibrationCandidate.NewIntercept));
        all.Add(new RecalibrationCandidate(source, space, RecalibrationCandidate.InterceptAndSlope));
        if (description.Parameters.Any(parameter => parameter.IsPenalized))
        {
            var refit = new RefitCandidate(source, space, RefitCandidate.All, plan.Penalties);
            all.Add(refit);
            var head = refit.Head(space, 0);
            if (LastParameters.Of(head).Length < head.Parameters.Length)
            {
                all.Add(new RefitCandidate(source, space, RefitCandidate.LastLayer, plan.Penalties));
                all.Add(new FineTunedCandidate(source, space, new StochasticOptions { BatchSize = plan.BatchSize, Epochs = plan.Epochs, Patience = plan.Patience }));
            }
        }

        if (TreeCorrectionCandidate.MatrixOf(source) is { } matrix)
        {
            var wide = FeatureSpace.Of(source, description.Features.Add(matrix), data);
            all.Add(new LeafRefitCandidate(source, wide, matrix));
            all.Add(new ContinuedBoostingCandidate(source, wide, matrix));
        }

        all.AddRange(anew.Select(candidate => new AnewCandidate(candidate)));
        return all.ToImmutable();
    }

    /// <summary>
    /// How many can be judged with so many patients of the rarest class: below 10 the choice itself costs more than a new slope can gain,
    /// below 20 the same holds for whatever moves more.
    /// </summary>
    public static int MostFor(int fewestPatients) => fewestPatients < 10 ? 2 : fewestPatients < 20 ? 3 : int.MaxValue;
}
