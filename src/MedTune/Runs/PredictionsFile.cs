using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MedTune.Data;

namespace MedTune;

/// <summary>
/// Writes <c>predictions.csv</c>: row, part, target, predicted, and one probability per class, the positive class last. Of findings there are a target, a
/// prediction (0 or 1) and a probability for each.
/// </summary>
internal static class PredictionsFile
{
    public static string ToText(IEnumerable<PartEvaluation> parts, ImmutableArray<string> classes)
    {
        if (parts.Any(part => part.Multilabel is not null))
        {
            return FindingsToText(parts, classes);
        }

        var text = new StringBuilder("row,part,target,predicted");
        foreach (string name in classes)
        {
            text.Append(',').Append(CsvField.Of($"p_{name}"));
        }

        text.Append('\n');
        foreach (var part in parts)
        {
            foreach (var prediction in part.Predictions)
            {
                text.Append(RowOf(prediction)).Append(',').Append(part.Part).Append(',');
                text.Append(CsvField.Of(classes[prediction.Target])).Append(',').Append(CsvField.Of(classes[prediction.Predicted]));
                foreach (double probability in prediction.Probabilities)
                {
                    text.Append(',').Append(((float)probability).ToString("R", CultureInfo.InvariantCulture));
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string FindingsToText(IEnumerable<PartEvaluation> parts, ImmutableArray<string> findings)
    {
        var text = new StringBuilder("row,part");
        foreach (string column in new[] { "target", "predicted", "p" })
        {
            text.Append(string.Concat(findings.Select(name => "," + CsvField.Of($"{column}_{name}"))));
        }

        text.Append('\n');
        foreach (var part in parts)
        {
            foreach (var prediction in part.Predictions)
            {
                text.Append(RowOf(prediction)).Append(',').Append(part.Part);
                text.Append(string.Concat(prediction.Targets.Select(target => target == 1 ? ",1" : ",0")));
                text.Append(string.Concat(findings.Select((_, finding) => prediction.IsPresent(finding) ? ",1" : ",0")));
                text.Append(string.Concat(prediction.Probabilities.Select(probability => "," + ((float)probability).ToString("R", CultureInfo.InvariantCulture)))).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The number of the row, or what the picture is called.</summary>
    public static string RowOf(SamplePrediction prediction) =>
        prediction.Name is { } name ? CsvField.Of(name) : prediction.Row.ToString(CultureInfo.InvariantCulture);
}
