using System.Collections.Immutable;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>Logos of what the filters of a model's networks look for.</summary>
internal static class SequenceMotifs
{
    private const int MostSequences = 400;
    private const int Looked = 12;
    private const int Shown = 6;

    // A logo of fewer windows would show single sequences.
    private const int FewestWindows = 10;

    /// <summary>The filters whose answers go most with the log-odds of a class; none where no network counts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The samples.</param>
    /// <param name="final">Its members.</param>
    /// <param name="rows">Samples that may be looked at.</param>
    /// <param name="threads">At least 1; it changes no bit.</param>
    public static ImmutableArray<SequenceMotif> Of(ModelFile model, GeneData data, GeneChoice final, int[] rows, int threads)
    {
        if (data.Input != GeneForm.Sequence)
        {
            return [];
        }

        string[] letters = [.. Enumerable.Range(0, Math.Min(MostSequences, rows.Length)).Select(i => data.Sequences[rows[(int)((long)i * rows.Length / Math.Min(MostSequences, rows.Length))]])];
        using var pool = new TaskPool(threads);
        using var runner = new GeneRunner(model.Graph, data.InputName, model.Manifest.Head.CalibratedMargin, pool);
        float[] margins = runner.Run(letters.Length, data.Length, i => letters[i]);
        var tokens = new SequenceRows(letters, data.Length);
        var found = new List<SequenceMotif>();
        foreach (var member in GeneModel.Counting(final))
        {
            for (int margin = 0; margin < data.Margins; margin++)
            {
                float[] own = [.. Enumerable.Range(0, letters.Length).Select(i => margins[(i * data.Margins) + margin])];
                found.AddRange(SequenceAttribution.Motifs(member.Fit.Graph, tokens, own, Looked)
                    .Where(motif => motif.Windows >= FewestWindows && (data.Margins == 1 ? motif.Correlation != 0 : motif.Correlation > 0))
                    .Select(motif => Of(motif, data, margin)));
            }
        }

        return [.. found.OrderByDescending(motif => motif.Correlation).Take(Shown)];
    }

    private static SequenceMotif Of(MotifLogo motif, GeneData data, int margin) => new(
        data.ClassNames[data.Margins > 1 ? margin : motif.Correlation > 0 ? 1 : 0],
        motif.Windows,
        Math.Abs(motif.Correlation),
        motif.Shares,
        [.. Enumerable.Range(0, motif.Length).Select(motif.BitsOf)]);
}
