using System.Collections.Immutable;

namespace MedTune.Modalities.Images;

/// <summary>One outer fold: what each kind of model says of its pictures, and the answers of the one that was chosen without them.</summary>
/// <param name="Fold">From 0.</param>
/// <param name="Rows">Its pictures.</param>
/// <param name="Chosen">Place of the chosen kind.</param>
/// <param name="Margins">By kind, the calibrated margins.</param>
/// <param name="Predictions">The answers.</param>
internal sealed record ImageFold(int Fold, int[] Rows, int Chosen, ImmutableArray<float[]> Margins, ImmutableArray<SamplePrediction> Predictions)
{
    /// <summary>Answers with the kind that has the smaller loss on the pictures checked.</summary>
    public static ImageFold Of(ImageData data, int fold, int[] rows, ImmutableArray<ImageFit> fits, ImmutableArray<float[]> margins)
    {
        int chosen = fits.IndexOf(fits.MinBy(fit => fit.CheckedLoss)!);
        float[][] probabilities = ClassProbabilities.Of(margins[chosen], data.ClassNames.Length);
        return new ImageFold(fold, rows, chosen, margins, [.. rows.Select((row, i) => PartEvaluator.Answered(data.Sample(row, fold), probabilities[i], fits[chosen].Threshold))]);
    }
}
