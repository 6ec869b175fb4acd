using System.Collections.Immutable;
using System.Globalization;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>One outer fold: what each kind of model says of its pictures, and the answers of the one that was chosen without them.</summary>
/// <param name="Fold">From 0.</param>
/// <param name="Rows">Its pictures.</param>
/// <param name="Chosen">Place of the chosen kind.</param>
/// <param name="Margins">By kind, the calibrated margins.</param>
/// <param name="Predictions">The answers.</param>
internal sealed record ImageFold(int Fold, int[] Rows, int Chosen, ImmutableArray<float[]> Margins, ImmutableArray<SamplePrediction> Predictions)
{
    private const string Preferred = "preferred";
    private const string Threshold = "threshold";

    /// <summary>What the journal keeps of a fold.</summary>
    /// <param name="margins">By kind, the calibrated margins of the fold's pictures.</param>
    /// <param name="fits">The fits they are of.</param>
    public static FitRecord Record(ImmutableArray<float[]> margins, ImmutableArray<ImageFit> fits)
    {
        var record = new FitRecord
        {
            [Preferred] = [ImageFit.Preferred(fits)],
            [Threshold] = [.. fits[ImageFit.Preferred(fits)].Thresholds],
        };
        for (int kind = 0; kind < margins.Length; kind++)
        {
            record.SetFloats(NameOf(kind), margins[kind]);
        }

        return record;
    }

    /// <summary>Answers with the kind that was preferred without the fold.</summary>
    public static ImageFold Of(ImageData data, int fold, int[] rows, FitRecord record, int kinds)
    {
        ImmutableArray<float[]> margins = [.. Enumerable.Range(0, kinds).Select(kind => record.Floats(NameOf(kind)))];
        int chosen = (int)record[Preferred][0];
        ImmutableArray<double> thresholds = [.. record[Threshold]];
        float[][] probabilities = data.Probabilities(margins[chosen]);
        return new ImageFold(fold, rows, chosen, margins, [.. rows.Select((row, i) => PartEvaluator.Answered(data.Sample(row, fold), probabilities[i], thresholds))]);
    }

    private static string NameOf(int kind) => string.Create(CultureInfo.InvariantCulture, $"margins {kind}");
}
