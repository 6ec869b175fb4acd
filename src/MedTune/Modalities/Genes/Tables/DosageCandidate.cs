using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Elastic-net logistic regression of dosages beside ancestry components, so that a variant counts for what it says beyond ancestry, and beside polygenic scores.</summary>
/// <param name="scores">Published scores.</param>
internal sealed class DosageCandidate(params ImmutableArray<GeneScore> scores) : ElasticNetCandidate(20, [0.1, 0.5])
{
    private ImmutableArray<GeneScore> Scores => scores.IsDefault ? [] : scores;

    /// <inheritdoc/>
    public override string Name => "dosages with ancestry";

    /// <inheritdoc/>
    protected override LinearSpace Measure(GeneData data, int[] rows) => DosageSpace.Of(data, rows, Scores);

    /// <inheritdoc/>
    protected override LinearSpace SpaceOf(GeneData data, FitRecord record) => DosageSpace.Of(record, Scores);
}
