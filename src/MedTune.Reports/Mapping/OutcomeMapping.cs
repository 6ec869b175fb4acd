using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The outcome in words.</summary>
internal static class OutcomeMapping
{
    private static readonly string[] PlainYes = ["yes", "true", "1", "y", "t"];

    /// <summary>What is predicted, as a noun phrase: <c>recurrence</c>, <c>diagnosis = malignant</c>, <c>num>0</c>.</summary>
    public static string Of(Manifest manifest, ReportWords words)
    {
        if (manifest.HasFindings)
        {
            return FindingWords.Named(manifest.Classes, words);
        }

        string target = manifest.Target.Length > 0 ? manifest.Target : words.Of("the outcome", "结局");
        if (manifest.Classes.Length != 2)
        {
            return target;
        }

        // A rule's positive class is the rule itself, and a column of yes and no says it by its name.
        string positive = manifest.Classes[^1];
        return string.Equals(positive, manifest.Target, StringComparison.Ordinal) || PlainYes.Contains(positive, StringComparer.OrdinalIgnoreCase)
            ? target
            : $"{target} = {positive}";
    }

    /// <summary>The heading: the outcome itself where it reads as words, else what is done with it.</summary>
    public static string Title(Manifest manifest, ReportWords words)
    {
        string outcome = Of(manifest, words);
        bool isWords = string.Equals(outcome, manifest.Target, StringComparison.Ordinal) && outcome.Contains(' ') && outcome.All(c => c is not ('>' or '<' or '=' or '\''));
        return isWords ? ChartWords.Sentence(outcome) : words.Of($"Prediction of {outcome}", $"{outcome} 的预测");
    }
}
