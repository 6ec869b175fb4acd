using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>What quick linear models on the first inner fold say of a set: whether both strands mean the same, and whether it matters where something stands.</summary>
/// <param name="AnywhereLoss">Loss with words of 3 to 6 letters, wherever they stand.</param>
/// <param name="BothStrandsLoss">The same with a word and its reverse complement as one.</param>
/// <param name="ByPlaceLoss">Loss with words of up to 3 letters at each place; infinite where the sequences are of several lengths.</param>
internal sealed record SequenceProbe(double AnywhereLoss, double BothStrandsLoss, double ByPlaceLoss)
{
    // Rows of words are scaled to length 1; letters by place are not.
    private static readonly ImmutableArray<double> WordPenalties = [1, 0.1], PlacePenalties = [30, 10];

    private static readonly LbfgsOptions Options = new() { GradientTolerance = 1e-4, MaximumIterations = 40 };

    /// <summary>Whether the strand may be turned: nothing is lost where both are one, and no place matters, which turning would move.</summary>
    public bool StrandsAreAlike => BothStrandsLoss <= AnywhereLoss && !PlaceMatters;

    /// <summary>Whether places say more than words.</summary>
    public bool PlaceMatters => ByPlaceLoss <= AnywhereLoss;

    /// <summary>Fits the models to the other folds and holds them against the first.</summary>
    public static SequenceProbe Of(GeneFitTask task)
    {
        var tokens = new SequenceRows(task.Data);
        int[] training = task.Inner.TrainingRows(0);
        return new SequenceProbe(
            LossOf(task, WordsAnywhere(tokens, training, false), WordPenalties),
            LossOf(task, WordsAnywhere(tokens, training, true), WordPenalties),
            OneHotCandidate.Fits(task.Data) ? LossOf(task, OneHotCandidate.WordsOf(tokens, new KmerSpace([1, 2, 3], false)), PlacePenalties) : double.PositiveInfinity);
    }

    private static SparseRows WordsAnywhere(SequenceRows tokens, int[] training, bool bothStrands)
    {
        var counts = KmerCandidate.CountsOf(tokens, KmerCandidate.SpaceOf(bothStrands), null);
        return counts.OfUnitLength(KmerCandidate.RarityOf(counts, training));
    }

    /// <summary>The smallest loss over the penalties, the strongest first.</summary>
    private static double LossOf(GeneFitTask task, SparseRows words, ImmutableArray<double> penalties)
    {
        int width = task.Data.Margins;
        int[] held = task.Inner.TestRows(0);
        var solver = new SparseLogistic(words, task.Inner.TrainingRows(0), task.Data.Classes, task.Data.ClassNames.Length, task.Pool);
        double least = double.PositiveInfinity;
        foreach (double penalty in penalties)
        {
            solver.Minimize(penalty, Options);
            var margins = new float[held.Length * width];
            for (int i = 0; i < held.Length; i++)
            {
                solver.Score(words, held[i], margins.AsSpan(i * width, width));
            }

            least = Math.Min(least, PointwiseLoss.Mean(margins, [.. held.Select(row => task.Data.Classes[row])]));
        }

        return least;
    }
}
