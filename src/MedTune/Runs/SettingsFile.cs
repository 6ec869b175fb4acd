using System.Globalization;
using System.Text;
using MedTune.Data;

namespace MedTune;

/// <summary>Writes <c>settings.csv</c>: every setting of every kind of model that was tried, with how it did on samples it was not fitted to.</summary>
internal static class SettingsFile
{
    public static string ToText(IReadOnlyList<CandidateResult> candidates)
    {
        int folds = candidates.SelectMany(candidate => candidate.Tried).Select(tried => tried.InnerLosses.Length).DefaultIfEmpty(0).Max();
        var text = new StringBuilder("model,setting,values,drawn,log_loss,standard_error,preferred,preferred_in_folds");
        for (int fold = 0; fold < folds; fold++)
        {
            text.Append(CultureInfo.InvariantCulture, $",inner_log_loss_{fold}");
        }

        text.Append('\n');
        foreach (var candidate in candidates)
        {
            foreach (var tried in candidate.Tried)
            {
                Append(text, candidate.Name, tried);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string model, TriedSetting tried)
    {
        string values = string.Join(';', tried.Values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
        text.Append(CsvField.Of(model)).Append(',').Append(CsvField.Of(tried.Setting)).Append(',').Append(CsvField.Of(values));
        text.Append(CultureInfo.InvariantCulture, $",{YesNo(tried.IsDrawn)},{tried.LogLoss},{tried.StandardError},{YesNo(tried.IsPreferred)}");
        text.Append(CultureInfo.InvariantCulture, $",{string.Join(' ', tried.PreferredIn)}");
        foreach (double loss in tried.InnerLosses)
        {
            text.Append(CultureInfo.InvariantCulture, $",{loss}");
        }

        text.Append('\n');
    }

    private static string YesNo(bool holds) => holds ? "yes" : "no";
}
