using System.Globalization;
using System.Text;
using MedTune.Data;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>Made-up patients with a known relation between columns and outcome, for runs that take a moment.</summary>
internal static class Cohort
{
    /// <summary>A table with numbers, missing values, a text category and a coded category.</summary>
    /// <param name="patients">Rows.</param>
    /// <param name="seed">Which patients.</param>
    /// <param name="shift">Added to the log-odds: another hospital's prevalence.</param>
    /// <param name="classes">2 for yes and no, 3 for low, middle and high.</param>
    public static string Csv(int patients, ulong seed, double shift = 0, int classes = 2)
    {
        var text = new StringBuilder("age,pressure,marker,stage,ward,outcome\n");
        for (int i = 0; i < patients; i++)
        {
            var random = new Philox(seed, RandomPurpose.Bootstrap, (ulong)i);
            double age = 40 + (30 * random.UniformDouble(0));
            double pressure = 120 + (15 * random.Normal(1));
            double marker = random.Normal(2);
            int stage = 1 + random.Below(4, 3);
            string ward = new[] { "north", "south", "内科" }[random.Below(3, 4)];
            double logOdds = shift + (0.08 * (age - 55)) + (0.9 * marker) + (0.5 * (stage - 2)) + (ward == "内科" ? 0.7 : 0);
            double chance = 1 / (1 + DoubleMath.Exp(-logOdds));
            double drawn = random.UniformDouble(5);
            string outcome = classes == 2 ? (drawn < chance ? "yes" : "no") : drawn < chance * 0.6 ? "high" : drawn < chance ? "middle" : "low";
            string seen = random.UniformDouble(6) < 0.15 ? "" : marker.ToString("0.###", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{age:0.#},{pressure:0},{seen},{stage},{ward},{outcome}\n");
        }

        return text.ToString();
    }

    /// <summary>The same as a file.</summary>
    public static string Write(TemporaryFolder folder, string name, int patients, ulong seed, double shift = 0, int classes = 2)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, Csv(patients, seed, shift, classes));
        return path;
    }

    /// <summary>The same as a dataset.</summary>
    public static Dataset Dataset(int patients, ulong seed, double shift = 0, int classes = 2)
    {
        using var folder = new TemporaryFolder();
        return MedTune.Data.Dataset.FromCsv(Write(folder, "cohort.csv", patients, seed, shift, classes), "outcome");
    }

    /// <summary>Writes the quick plan for a table of such patients; gives back its path.</summary>
    public static string WriteQuickPlan(TemporaryFolder folder, string data) =>
        folder.Write("quick.json", PlanJson.Write(Quick(MedTune.Data.Dataset.FromCsv(data, "outcome"))));

    /// <summary>A plan whose runs take a moment.</summary>
    public static Plan Quick(Dataset dataset) => Plan.For(dataset) with
    {
        Seed = 3,
        Folds = 2,
        InnerFolds = 2,
        Penalties = [10, 1],
        HiddenUnits = [8],
        Epochs = 6,
        BatchSize = 16,
    };
}
