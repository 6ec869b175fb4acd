using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>Made-up patients of several hospitals: <see cref="Cohort"/> with another prevalence at each, and one small site.</summary>
internal static class SiteCohort
{
    public static readonly (string Site, int Patients, double Shift)[] Sites = [("a", 60, 0), ("b", 90, 0.8), ("c", 70, -0.6), ("small", 14, 0)];

    /// <summary>The rows with a patient and a site; a patient has one row unless told otherwise.</summary>
    /// <param name="patientOf">The patient by site and row in it; null for one of each row.</param>
    /// <param name="outcomeOf">The outcome by site and drawn outcome; null for the drawn one.</param>
    public static string Csv(Func<string, int, string>? patientOf = null, Func<string, string, string>? outcomeOf = null)
    {
        var text = new StringBuilder();
        ulong seed = 20;
        foreach (var (site, patients, shift) in Sites)
        {
            string[] lines = Cohort.Csv(patients, seed++, shift).TrimEnd('\n').Split('\n');
            if (text.Length == 0)
            {
                text.Append(lines[0]).Append(",patient,site\n");
            }

            for (int i = 1; i < lines.Length; i++)
            {
                int comma = lines[i].LastIndexOf(',') + 1;
                string outcome = outcomeOf?.Invoke(site, lines[i][comma..]) ?? lines[i][comma..];
                string patient = patientOf?.Invoke(site, i) ?? string.Create(CultureInfo.InvariantCulture, $"{site}{i}");
                text.Append(lines[i].AsSpan(0, comma)).Append(CultureInfo.InvariantCulture, $"{outcome},{patient},{site}\n");
            }
        }

        return text.ToString();
    }

    public static Dataset Dataset(string csv, DatasetOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        return MedTune.Data.Dataset.FromCsv(folder.Write("cohort.csv", csv), "outcome", "patient", (options ?? new DatasetOptions()) with { Site = "site" });
    }

    public static Plan Quick(Dataset dataset) => Cohort.Quick(dataset) with { Models = ["logistic"] };
}
