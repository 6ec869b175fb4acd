using MedTune.Data;
using MedTune.Modalities.Treatment;

namespace MedTune.TreatmentBenchmark;

/// <summary>One comparison of two arms of a trial.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="Data">Covariates, arms and outcomes.</param>
/// <param name="Splits">For each split the marks of all rows: 0 fitted, 1 scored.</param>
/// <param name="Published">The published average effect with its interval, or what stands for it; null where there is none.</param>
/// <param name="IsPlanted">Whether a difference between patients was planted.</param>
internal sealed record TrialQuestion(string Name, TreatmentData Data, double[][] Splits, (double Low, double High, string Source)? Published, bool IsPlanted)
{
    private static readonly string[] ActgKept =
        ["age", "wtkg", "hemo", "homo", "drugs", "karnof", "oprior", "z30", "preanti", "race", "gender", "str2", "strat", "symptom", "cd40", "cd80"];

    private static readonly string[] IstKept =
    [
        "RDELAY", "RCONSC", "SEX", "AGE", "RSLEEP", "RATRIAL", "RCT", "RVISINF", "RHEP24", "RASP3", "RSBP", "RDEF1", "RDEF2", "RDEF3", "RDEF4", "RDEF5", "RDEF6", "RDEF7", "RDEF8", "STYPE",
    ];

    /// <summary>The questions asked of ACTG 175: CD4 cells at 20 weeks.</summary>
    public static IEnumerable<TrialQuestion> OfActg(SharedFiles files)
    {
        var table = files.Read("actg175", "actg175.csv");
        var marks = files.Read("actg175", "splits.csv");
        double[][] splits = [.. Enumerable.Range(0, 10).Select(split => SharedFiles.Numbers(marks, $"split{split}"))];
        double[] arms = SharedFiles.Numbers(table, "arms"), outcomes = SharedFiles.Numbers(table, "cd420");
        yield return Make("ACTG175 ZDV+ddI vs ZDV", arm => arm == 1 ? "1" : arm == 0 ? "0" : "", null);
        yield return Make("ACTG175 any other arm vs ZDV", arm => arm > 0 ? "1" : "0", (49.9 - (1.96 * 5.1), 49.9 + (1.96 * 5.1), "Tsiatis et al. 2008, adjusted: 49.9 (SE 5.1)"));
        yield return Make("ACTG175 ZDV+ddI vs ddI", arm => arm == 1 ? "1" : arm == 3 ? "0" : "", null);

        TrialQuestion Make(string name, Func<double, string> of, (double, double, string)? published) =>
            new(name, Read(table, ActgKept, [.. arms.Select(of)], outcomes), splits, published, false);
    }

    /// <summary>The questions asked of the International Stroke Trial.</summary>
    public static IEnumerable<TrialQuestion> OfIst(SharedFiles files)
    {
        var table = files.Read("ist", "ist.csv.gz");
        var marks = files.Read("ist", "splits.csv");
        double[][] splits = [.. Enumerable.Range(0, 5).Select(split => SharedFiles.Numbers(marks, $"split{split}"))];
        string[] aspirin = [.. table["RXASP"].ReadTexts(MissingMarkers.Default).Select(text => string.Equals(text, "Y", StringComparison.OrdinalIgnoreCase) ? "1" : "0")];
        string[] heparin = [.. table["RXHEP"].ReadTexts(MissingMarkers.Default).Select(text => string.Equals(text, "N", StringComparison.OrdinalIgnoreCase) ? "0" : "1")];
        double[] good = [.. SharedFiles.Numbers(table, "OCCODE").Select(code => code is 3 or 4 ? 1 : code is 1 or 2 ? 0 : double.NaN)];
        double[] alive = [.. SharedFiles.Numbers(table, "ID14").Select(dead => 1 - dead)];
        var planted = files.Read("ist", "planted.csv");
        double[] rows = SharedFiles.Numbers(planted, "row"), values = SharedFiles.Numbers(planted, "good6_planted");
        double[] plantedGood = [.. good.Select(_ => double.NaN)];
        for (int i = 0; i < rows.Length; i++)
        {
            plantedGood[(int)rows[i]] = values[i];
        }

        const string lancet = "Lancet 1997;349:1569";
        yield return new("IST aspirin, planted benefit in atrial fibrillation", Read(table, IstKept, aspirin, plantedGood), splits, null, true);
        yield return new("IST aspirin, alive and independent at 6 months", Read(table, IstKept, aspirin, good), splits, (0.014 - (1.96 * 0.006), 0.014 + (1.96 * 0.006), $"{lancet}: 0.014 (SD 0.006)"), false);
        yield return new("IST heparin, alive and independent at 6 months", Read(table, IstKept, heparin, good), splits, (-1.96 * 0.007, 1.96 * 0.007, $"{lancet}: 0.000 (SE 0.007)"), false);
        yield return new("IST aspirin, alive at 14 days", Read(table, IstKept, aspirin, alive), splits, (0.004 - (1.96 * 0.0041), 0.004 + (1.96 * 0.0041), $"{lancet}: 0.004 (SE 0.004)"), false);
    }

    private static TreatmentData Read(Table table, string[] kept, string[] treatments, double[] outcomes)
    {
        var dataset = Dataset.From(table, new DatasetOptions { Drop = [.. table.ColumnNames.Except(kept, StringComparer.Ordinal)], ChecksLeaks = false });
        int treated = Enumerable.Range(0, treatments.Length).Count(row => treatments[row] == "1" && !double.IsNaN(outcomes[row]));
        int all = Enumerable.Range(0, treatments.Length).Count(row => treatments[row].Length > 0 && !double.IsNaN(outcomes[row]));
        return TreatmentData.From(dataset, treatments, outcomes, new TreatmentColumns("treatment", "outcome") { Propensity = (double)treated / all });
    }
}
