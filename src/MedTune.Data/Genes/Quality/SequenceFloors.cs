namespace MedTune.Data.Genes;

/// <summary>What can be reached without reading a sequence: scores that a model must beat before it means anything.</summary>
/// <param name="MajorityShare">The share of the most frequent class.</param>
/// <param name="LengthAuroc">Area under the ROC curve of the length alone, at least 0.5; of several classes the mean of each against the others.</param>
/// <param name="GcAuroc">The same for the share of G and C.</param>
public sealed record SequenceFloors(double MajorityShare, double LengthAuroc, double GcAuroc)
{
    /// <summary>Measures a set.</summary>
    /// <param name="set">The sequences.</param>
    public static SequenceFloors Of(SequenceSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        int[] labels = [.. set.Samples.Select(sample => sample.Label)];
        double[] gc = [.. set.Samples.Select(sample => Nucleotides.GcContent(sample.Letters))];
        return new SequenceFloors(
            (double)labels.GroupBy(label => label).Max(group => group.Count()) / labels.Length,
            RankAuroc.Mean([.. set.Samples.Select(sample => (double)sample.Letters.Length)], labels, set.Classes.Length),
            RankAuroc.Mean([.. gc.Select(share => double.IsNaN(share) ? 0.5 : share)], labels, set.Classes.Length));
    }
}
