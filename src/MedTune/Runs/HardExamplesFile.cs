using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Modalities.Images;
using MedTune.Tensors;

namespace MedTune;

/// <summary>Writes <c>hard-examples.csv</c>: the samples whose class the model, not having seen them, found least likely.</summary>
/// <remarks>A list to be read again by a person: a high loss can mean a wrong label, a rare patient, or a limit of the model.</remarks>
internal static class HardExamplesFile
{
    private const int Longest = 100;

    /// <summary>The list of a run: that of a search for wrong labels where there was one, with a column for a reader's answers.</summary>
    public static string ToText(Run run) =>
        run.Model.Manifest.HasFindings ? run.HardSamples.IsEmpty ? FindingsToText(run.Parts[0], run.Model.Manifest.Classes) : FindingsToText(run.HardSamples)
        : run.HardSamples.IsEmpty ? ToText(run.Parts[0], run.Model.Manifest.Classes)
        : ToText(run.HardSamples, run.Model.Manifest.Classes);

    private static string ToText(ImmutableArray<HardSample> samples, ImmutableArray<string> classes)
    {
        var text = new StringBuilder("picture,class,believed,kind,suspicion,answer\n");
        foreach (var sample in samples)
        {
            string name = sample.Name ?? sample.Row.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{CsvField.Of(name)},{CsvField.Of(classes[sample.Target])},{CsvField.Of(classes[sample.Believed])},{sample.Kind},{sample.Suspicion:0.####},\n");
        }

        return text.ToString();
    }

    private static string FindingsToText(ImmutableArray<HardSample> samples)
    {
        var text = new StringBuilder("picture,finding,label,believed,kind,suspicion,answer\n");
        foreach (var sample in samples)
        {
            text.Append(CultureInfo.InvariantCulture, $"{CsvField.Of(sample.Name ?? "")},{CsvField.Of(sample.Finding ?? "")},{Word(sample.Target)},{Word(sample.Believed)},{sample.Kind},{sample.Suspicion:0.####},\n");
        }

        return text.ToString();

        static string Word(int label) => label == 1 ? FindingCorrections.Present : FindingCorrections.Absent;
    }

    /// <summary>Of findings, the pairs of a picture and a finding whose label was found least likely.</summary>
    private static string FindingsToText(PartEvaluation outOfFold, ImmutableArray<string> findings)
    {
        var text = new StringBuilder("row,finding,target,predicted,p_target,loss\n");
        var hardest = outOfFold.Predictions
            .SelectMany(prediction => findings.Select((_, finding) => (Prediction: prediction, Finding: finding, Probability: Math.Abs(1 - prediction.Targets[finding] - prediction.Probabilities[finding]))))
            .OrderBy(pair => pair.Probability)
            .ThenBy(pair => pair.Prediction.Row)
            .ThenBy(pair => pair.Finding)
            .Take(CountOf(outOfFold));
        foreach (var (prediction, finding, probability) in hardest)
        {
            double loss = -DoubleMath.Log(Math.Max(probability, 1e-15));
            text.Append(CultureInfo.InvariantCulture, $"{PredictionsFile.RowOf(prediction)},{CsvField.Of(findings[finding])},{prediction.Targets[finding]},{(prediction.IsPresent(finding) ? 1 : 0)},{(float)probability:R},{loss:0.####}\n");
        }

        return text.ToString();
    }

    private static int CountOf(PartEvaluation outOfFold) => Math.Min(Longest, Math.Max(1, outOfFold.Predictions.Length / 20));

    private static string ToText(PartEvaluation outOfFold, ImmutableArray<string> classes)
    {
        var text = new StringBuilder("row,target,predicted,p_target,loss\n");
        int count = CountOf(outOfFold);
        var hardest = outOfFold.Predictions
            .OrderBy(prediction => prediction.Probabilities[prediction.Target])
            .ThenBy(prediction => prediction.Row)
            .Take(count);
        foreach (var prediction in hardest)
        {
            double probability = prediction.Probabilities[prediction.Target];
            double loss = -DoubleMath.Log(Math.Max(probability, 1e-15));
            text.Append(CultureInfo.InvariantCulture, $"{PredictionsFile.RowOf(prediction)},{CsvField.Of(classes[prediction.Target])},{CsvField.Of(classes[prediction.Predicted])},{(float)probability:R},{loss:0.####}\n");
        }

        return text.ToString();
    }
}
