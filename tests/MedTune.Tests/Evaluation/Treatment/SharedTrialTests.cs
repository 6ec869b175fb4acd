using System.IO.Compression;

using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

/// <summary>Plain figures of the real trials beside the repository against the published and measured ones. Where the data are absent these tests pass without looking.</summary>
public sealed class SharedTrialTests
{
    [Fact]
    public void Actg175_DifferenceOfMeans_IsAsPublished()
    {
        if (SharedData.Find("treatment/actg175/actg175.csv") is not { } path)
        {
            return;
        }
        Dictionary<string, double[]> columns = Read(File.ReadLines(path), ["cd420", "arms", "age", "days", "cens"]);
        int[] arms = Array.ConvertAll(columns["arms"], arm => (int)arm);

        // Tsiatis, Davidian, Zhang and Lu, Stat Med 2008: 46.811 (SE 6.760); baselines.md for the pairs.
        EffectEstimate any = AverageEffect.DifferenceOfMeans(columns["cd420"], Array.ConvertAll(arms, arm => Math.Min(arm, 1)));
        Assert.InRange(any.Value, 46.810, 46.812);
        Assert.InRange(any.StandardError, 6.759, 6.761);
        EffectEstimate pair = AverageEffect.DifferenceOfMeans(columns["cd420"], arms);
        Assert.Equal((67.0, 8.9, 1054), (Math.Round(pair.Value, 1), Math.Round(pair.StandardError, 1), pair.Rows));
        EffectEstimate other = AverageEffect.DifferenceOfMeans(columns["cd420"], arms, 1, 3);
        Assert.Equal((28.8, 9.2), (Math.Round(other.Value, 1), Math.Round(other.StandardError, 1)));

        DoublyRobustScores plain = DoublyRobustScores.Of(TreatmentPredictions.OfTrial(columns["cd420"], arms, ["ZDV", "ZDV+ddI", "ZDV+ddC", "ddI"]));
        Golden.Near(pair.Value, AverageEffect.Of(plain.Effect()).Value);
        Assert.All(
            BalanceTable.Of([BalanceColumn.OfNumbers("age", columns["age"])], arms, 4).Lines, line => Assert.InRange(line.Largest, 0, 0.15));

        RestrictedMeanOutcomes times = RestrictedMeanOutcomes.Of(columns["days"], Array.ConvertAll(columns["cens"], mark => mark == 1), arms, 4, 1000);
        EffectEstimate days = AverageEffect.DifferenceOfMeans(times.Outcomes, arms);
        Assert.True(days.Figure.Low > 0, days.Figure.ToString());
    }

    [Fact]
    public void Ist_DifferenceOfShares_IsAsPublished()
    {
        if (SharedData.Find("treatment/ist/ist.csv.gz") is not { } path)
        {
            return;
        }
        using GZipStream packed = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(packed);
        List<string[]> rows = [];
        while (reader.ReadLine() is { } line)
        {
            rows.Add(Split(line));
        }
        int aspirin = Array.IndexOf(rows[0], "RXASP");
        int heparin = Array.IndexOf(rows[0], "RXHEP");
        int death = Array.IndexOf(rows[0], "ID14");
        int status = Array.IndexOf(rows[0], "OCCODE");

        Golden.Near(0.0039, Difference(row => row[aspirin] == "Y", row => row[death] == "0" ? 1 : 0, 0.0041), 5e-5);
        Golden.Near(0.0125, Difference(row => row[aspirin] == "Y", row => row[status] switch { "1" or "2" => 0, "3" or "4" => 1, _ => double.NaN }, 0.0070), 5e-5);
        Golden.Near(-0.0003, Difference(row => row[heparin] != "N", row => row[status] switch { "1" or "2" => 0, "3" or "4" => 1, _ => double.NaN }, 0.0070), 5e-5);

        double Difference(Func<string[], bool> isTreated, Func<string[], double> outcome, double error)
        {
            (double Outcome, int Arm)[] known = [.. rows.Skip(1).Select(row => (outcome(row), isTreated(row) ? 1 : 0)).Where(row => !double.IsNaN(row.Item1))];
            EffectEstimate found = AverageEffect.DifferenceOfMeans(Array.ConvertAll(known, row => row.Outcome), Array.ConvertAll(known, row => row.Arm));
            Golden.Near(error, found.StandardError, 5e-5);
            return found.Value;
        }
    }

    [Fact]
    public void SynthOverlap_TrueEffect_IsRankedAsMeasured()
    {
        if (SharedData.Find("treatment/synth_overlap/data.csv") is not { } path || SharedData.Find("treatment/synth_overlap/truth.csv") is not { } truthPath)
        {
            return;
        }
        Dictionary<string, double[]> data = Read(File.ReadLines(path), ["treated", "score_day90"]);
        Dictionary<string, double[]> truth = Read(File.ReadLines(truthPath), ["mu0", "mu1", "cate", "propensity", "overlap"]);
        int[] arms = Array.ConvertAll(data["treated"], arm => (int)arm);
        Assert.Equal(-1.700, AverageEffect.DifferenceOfMeans(data["score_day90"], arms).Value, 3);

        double[] propensities = [.. truth["propensity"].SelectMany(e => new[] { 1 - e, e })];
        OverlapFigures overlap = OverlapFigures.Of(propensities, arms, 2);
        int[] outside = [.. Enumerable.Range(0, arms.Length).Where(row => truth["overlap"][row] == 0)];
        Assert.Equal(572, outside.Length);
        Assert.All(outside, row => Assert.True(overlap.IsOutside[row]));

        int[] inside = [.. Enumerable.Range(0, arms.Length).Where(row => truth["overlap"][row] == 1)];
        TreatmentPredictions rows = new TreatmentPredictions(
            data["score_day90"], arms, propensities, [.. truth["mu0"].SelectMany((mu, row) => new[] { mu, truth["mu1"][row] })], ["no", "yes"]).Subset(inside);
        DoublyRobustScores scores = DoublyRobustScores.Of(rows);
        Golden.Near(0.107, AverageEffect.Of(scores.Effect()).Value, 0.1);
        double[] cate = Array.ConvertAll(inside, row => truth["cate"][row]);
        TargetingCurve curve = TargetingCurve.Of(scores.Effect(), cate);
        Assert.InRange(curve.Autoc.Value, 1.0, 1.5);
        Assert.True(curve.Autoc.Figure.Low > 0.9);
        Assert.InRange(EffectCalibration.Of(scores.Effect(), cate).Slope.Value, 0.9, 1.1);
        PolicyValue oracle = PolicyValue.Of(scores, Array.ConvertAll(cate, effect => effect > 0 ? 1 : 0));
        Assert.True(oracle.AgainstBestArm.Difference.Figure.Low > 0);
    }

    private static Dictionary<string, double[]> Read(IEnumerable<string> lines, string[] names)
    {
        string[][] rows = [.. lines.Select(line => line.Split(','))];
        return names.ToDictionary(name => name, name => Array.ConvertAll(rows[1..], row => Golden.Number(row[Array.IndexOf(rows[0], name)])));
    }

    /// <summary>Cells of a line; commas between quotation marks do not part.</summary>
    private static string[] Split(string line)
    {
        List<string> cells = [];
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            quoted ^= i < line.Length && line[i] == '"';
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                cells.Add(line[start..i].Trim('"'));
                start = i + 1;
            }
        }
        return [.. cells];
    }
}
