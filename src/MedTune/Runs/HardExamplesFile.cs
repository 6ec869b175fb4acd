using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Tensors;

namespace MedTune;

/// <summary>Writes <c>hard-examples.csv</c>: the samples whose class the model, not having seen them, found least likely.</summary>
/// <remarks>A list to be read again by a person: a high loss can mean a wrong label, a rare patient, or a limit of the model.</remarks>
internal static class HardExamplesFile
{
    private const int Longest = 100;

    public static string ToText(PartEvaluation outOfFold, ImmutableArray<string> classes)
    {
        var text = new StringBuilder("row,target,predicted,p_target,loss\n");
        int count = Math.Min(Longest, Math.Max(1, outOfFold.Predictions.Length / 20));
        var hardest = outOfFold.Predictions
            .OrderBy(prediction => prediction.Probabilities[prediction.Target])
            .ThenBy(prediction => prediction.Row)
            .Take(count);
        foreach (var prediction in hardest)
        {
            double probability = prediction.Probabilities[prediction.Target];
            double loss = -DoubleMath.Log(Math.Max(probability, 1e-15));
            text.Append(CultureInfo.InvariantCulture, $"{prediction.Row},{CsvField.Of(classes[prediction.Target])},{CsvField.Of(classes[prediction.Predicted])},{(float)probability:R},{loss:0.####}\n");
        }

        return text.ToString();
    }
}
