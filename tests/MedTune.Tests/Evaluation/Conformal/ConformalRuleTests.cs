using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

public sealed class ConformalRuleTests
{
    private static readonly MulticlassPredictions All = Golden.Multiclass();

    private static readonly int[] Parity = [.. Enumerable.Range(0, 150).Select(row => row % 2)];

    /// <summary>tests/TestData/Evaluation/conformal.py: the definitions in numpy on rows 100 to 149 of multiclass.csv.</summary>
    [Theory]
    [InlineData("least_ambiguous", 0)]
    [InlineData("least_ambiguous", 1)]
    [InlineData("adaptive", 0)]
    [InlineData("adaptive", 1)]
    public void Sets_IndependentSoftware_AreTheSame(string score, int byGroup)
    {
        string[][] cases = [.. Golden.Rows("conformal.csv").Where(row => row[0] == score && (int)Golden.Number(row[2]) == byGroup)];
        Assert.Equal(5, cases.Length);
        foreach (string[] one in cases)
        {
            ConformalOptions options = new()
            {
                Score = score == "adaptive" ? ConformalScore.Adaptive : ConformalScore.LeastAmbiguous,
                Coverage = Golden.Number(one[1]),
            };
            ConformalRule rule = ConformalRule.Fit(Rows(0, 100), Parity[..100], ["even", "odd"], options);
            Assert.Equal(one[3] == "inf" ? double.PositiveInfinity : Golden.Number(one[3]), rule.Overall.Value);
            Assert.Equal(one[3] != "inf", rule.Overall.IsReached);
            Assert.Equal([.. one[4..6].Select(text => text == "inf" ? double.PositiveInfinity : Golden.Number(text))], rule.Groups.Select(group => group.Value));

            MulticlassPredictions judged = Rows(100, 150);
            PredictionSets sets = byGroup == 1 ? rule.Sets(judged.Probabilities, Parity[100..]) : rule.Sets(judged.Probabilities);
            Assert.Equal(one[20], string.Concat(Enumerable.Range(0, 50).Select(row => "0123456789abcdef"[sets.Classes(row).Sum(k => 1 << k)])));
            CheckFigures(one, ConformalEvaluation.Of(sets, judged.Targets, null, Parity[100..], ["even", "odd"]));
        }
    }

    /// <summary>Over many draws the coverage is rank / (n + 1), which lies between 1 - alpha and 1 - alpha + 1 / (n + 1).</summary>
    [Theory]
    [InlineData(ConformalScore.LeastAmbiguous, 40, 0.8)]
    [InlineData(ConformalScore.Adaptive, 40, 0.8)]
    [InlineData(ConformalScore.LeastAmbiguous, 19, 0.9)]
    [InlineData(ConformalScore.Adaptive, 30, 0.6)]
    public void Sets_ExchangeableRows_CoverWhatTheorySays(ConformalScore score, int calibrating, double coverage)
    {
        const int Repeats = 1500;
        const int Judged = 60;
        ConformalOptions options = new() { Score = score, Coverage = coverage };
        double sum = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            ConformalRule rule = ConformalRule.Fit(Drawn(calibrating, (2 * (ulong)repeat) + 1), options);
            MulticlassPredictions judged = Drawn(Judged, (2 * (ulong)repeat) + 2);
            PredictionSets sets = rule.Sets(judged.Probabilities);
            sum += Enumerable.Range(0, Judged).Count(row => sets.Contains(row, judged.Targets[row])) / (double)Judged;
        }
        double mean = sum / Repeats;
        double expected = Math.Ceiling(((calibrating + 1) * coverage) - 1e-9) / (calibrating + 1);
        Assert.InRange(expected, coverage - 1e-12, coverage + (1.0 / (calibrating + 1)));
        double variance = (expected * (1 - expected) / (calibrating + 2)) + (expected * (1 - expected) / Judged);
        double error = Math.Sqrt(variance / Repeats);
        Assert.InRange(mean, expected - (4 * error), expected + (4 * error));
    }

    /// <summary>Within a group on which the model errs more, one threshold for all covers too little; its own threshold covers what was asked for.</summary>
    [Fact]
    public void Sets_ByGroup_CoverEachGroup()
    {
        ConformalOptions options = new() { Coverage = 0.85, FewestInGroup = 50 };
        double[] own = new double[2];
        double[] common = new double[2];
        const int Repeats = 300;
        for (ulong repeat = 0; repeat < Repeats; repeat++)
        {
            int[] groups = [.. Enumerable.Range(0, 400).Select(row => row % 4 == 0 ? 1 : 0)];
            ConformalRule rule = ConformalRule.Fit(Drawn(400, (2 * repeat) + 5001, groups), groups, ["plain", "hard"], options);
            MulticlassPredictions judged = Drawn(400, (2 * repeat) + 5002, groups);
            PredictionSets byGroup = rule.Sets(judged.Probabilities, groups);
            PredictionSets pooled = rule.Sets(judged.Probabilities);
            for (int group = 0; group < 2; group++)
            {
                int[] rows = [.. Enumerable.Range(0, 400).Where(row => groups[row] == group)];
                own[group] += rows.Count(row => byGroup.Contains(row, judged.Targets[row])) / (double)rows.Length / Repeats;
                common[group] += rows.Count(row => pooled.Contains(row, judged.Targets[row])) / (double)rows.Length / Repeats;
            }
        }
        Assert.InRange(own[0], 0.84, 0.865);
        Assert.InRange(own[1], 0.84, 0.875);
        Assert.InRange(common[1], 0, 0.8);
        Assert.True(common[0] > 0.86);
    }

    [Fact]
    public void Fit_TooFewRows_SaysSoInASentenceAndHoldsAllClasses()
    {
        ConformalRule rule = ConformalRule.Fit(Rows(0, 98), new ConformalOptions { Coverage = 0.99 });
        Assert.False(rule.Overall.IsReached);
        Assert.Equal("98 calibration rows are too few for a coverage of 99 %, which needs at least 99: every set holds all classes.", rule.Overall.Note);
        Assert.Equal(4, rule.Sets(Rows(100, 150).Probabilities).Size(7));
        Assert.True(ConformalRule.Fit(Rows(0, 99), new ConformalOptions { Coverage = 0.99 }).Overall.IsReached);
    }

    [Fact]
    public void Fit_SmallGroup_TakesTheThresholdOfAllRowsWithoutTellingItsSize()
    {
        int[] groups = [.. Enumerable.Range(0, 100).Select(row => row % 2 == 0 ? 0 : row < 14 ? 1 : -1)];
        ConformalRule rule = ConformalRule.Fit(Rows(0, 100), groups, ["large", "small", "empty"]);
        Assert.Equal([true, false, false], rule.Groups.Select(group => group.IsOwn));
        Assert.NotEqual(rule.Overall.Value, rule.Groups[0].Value);
        Assert.Equal(rule.Overall.Value, rule.Groups[1].Value);
        Assert.Contains("'small' has fewer than 50 calibration rows", rule.Groups[1].Note, StringComparison.Ordinal);
        Assert.DoesNotContain("7", rule.Groups[1].Note, StringComparison.Ordinal);

        // At 99 % even 50 rows are too few, whatever the option says.
        ConformalRule strict = ConformalRule.Fit(Rows(0, 100), groups, ["large", "small", "empty"], new ConformalOptions { Coverage = 0.99, FewestInGroup = 1 });
        Assert.Equal([false, false, false], strict.Groups.Select(group => group.IsOwn));
        Assert.Contains("fewer than 99", strict.Groups[0].Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.9, 9)]
    [InlineData(0.95, 19)]
    [InlineData(0.7, 3)]
    [InlineData(0.5, 1)]
    [InlineData(0.3, 1)]
    [InlineData(0.99, 99)]
    [InlineData(0.999, 999)]
    [InlineData(0.85, 6)]
    public void FewestRows_IsTheSmallestNumberThatPromisesTheCoverage(double coverage, int rows)
    {
        ConformalOptions options = new() { Coverage = coverage };
        Assert.Equal(rows, options.FewestRows);
        Assert.InRange(options.Rank(rows), 1, rows);
        Assert.True(rows == 1 || options.Rank(rows - 1) > rows - 1);
    }

    [Fact]
    public void Sets_NeverEmpty_GetTheMostProbableClass()
    {
        ConformalOptions options = new() { Score = ConformalScore.Adaptive, Coverage = 0.3 };
        double[] certain = [0.01, 0.98, 0.01, 0];
        Assert.Equal(0, ConformalRule.Fit(Rows(0, 100), options).Sets(certain).Size(0));
        Assert.Equal(1, Assert.Single(ConformalRule.Fit(Rows(0, 100), options with { NeverEmpty = true }).Sets(certain).Classes(0)));
    }

    [Fact]
    public void Sets_HigherCoverage_HoldThoseOfALower()
    {
        foreach (ConformalScore score in Enum.GetValues<ConformalScore>())
        {
            double[] judged = Rows(100, 150).Probabilities;
            PredictionSets narrow = ConformalRule.Fit(Rows(0, 100), new ConformalOptions { Score = score, Coverage = 0.6 }).Sets(judged);
            PredictionSets wide = ConformalRule.Fit(Rows(0, 100), new ConformalOptions { Score = score, Coverage = 0.95 }).Sets(judged);
            Assert.All(Enumerable.Range(0, 50), row => Assert.Empty(narrow.Classes(row).Except(wide.Classes(row))));
            Assert.True(Enumerable.Range(0, 50).Sum(narrow.Size) < Enumerable.Range(0, 50).Sum(wide.Size));
        }
    }

    /// <summary>The least probable class has the adaptive score 1: where it is true too often, only sets of all classes cover enough, and the rule says so.</summary>
    [Fact]
    public void Fit_TrueClassOftenLeastProbable_SaysThatSetsHoldAllClasses()
    {
        MulticlassPredictions two = new(
            [.. Enumerable.Range(0, 40).SelectMany(row => new[] { 0.7, 0.3 })], [.. Enumerable.Range(0, 40).Select(row => row % 5 == 0 ? 1 : 0)], ["no", "yes"]);
        ConformalRule adaptive = ConformalRule.Fit(two, new ConformalOptions { Score = ConformalScore.Adaptive });
        Assert.Equal(1, adaptive.Overall.Value);
        Assert.Contains("takes sets of all classes", adaptive.Overall.Note, StringComparison.Ordinal);
        Assert.Equal(2, adaptive.Sets([0.99, 0.01]).Size(0));
        Assert.Equal(1, ConformalRule.Fit(two).Sets([0.99, 0.01]).Size(0));
        Assert.DoesNotContain("all classes", ConformalRule.Fit(two).Overall.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_RepeatedPatients_SaysThatTheCoverageHoldsOnlyAbout() =>
        Assert.Contains("Patients have several calibration rows", ConformalRule.Fit(Golden.Multiclass(withGroups: true)).Overall.Note, StringComparison.Ordinal);

    [Fact]
    public void Fit_Misfits_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ConformalRule.Fit(All, new ConformalOptions { Coverage = 1 }));
        Assert.Throws<ArgumentException>(() => ConformalRule.Fit(All, new ConformalOptions { Coverage = double.NaN }));
        Assert.Throws<ArgumentException>(() => ConformalRule.Fit(All, new ConformalOptions { FewestInGroup = 0 }));
        Refused(() => ConformalRule.Fit(All with { Targets = [] }), "no rows");
        Refused(() => ConformalRule.Fit(All, [0, 1], ["a", "b"]), "2 groups");
        Refused(() => ConformalRule.Fit(All, [.. Parity.Select(group => group + 1)], ["a", "b"]), "in no known group");
        Refused(() => ConformalRule.Fit(All).Sets([0.5, 0.5]), "no rows");
        Refused(() => ConformalRule.Fit(All).Sets([0.5, 0.5, 0, 0, 1]), "need 4 probabilities");
        Refused(() => ConformalRule.Fit(All).Sets([0.5, 0.6, 0, 0]), "sum to 1.1");
        Refused(() => ConformalRule.Fit(All).Sets([0.5, 0.5, 0, 0], [0]), "in no known group");
    }

    private static void CheckFigures(string[] golden, ConformalEvaluation found)
    {
        Near(golden[6], found.Overall.Coverage.Value);
        Near(golden[7], found.Overall.Coverage.Low);
        Near(golden[8], found.Overall.Coverage.High);
        Near(golden[9], found.Overall.MeanSize.Value);
        Near(golden[10], found.Overall.MeanSize.Low);
        Near(golden[11], found.Overall.MeanSize.High);
        Near(golden[12], found.Overall.Empty.Value);
        Near(golden[13], found.Overall.Single.Value);
        for (int k = 0; k < 4; k++)
        {
            Near(golden[14 + k], found.Classes[k].Coverage.Value);
        }
        Near(golden[18], found.Groups[0].Coverage.Value);
        Near(golden[19], found.Groups[1].Coverage.Value);
    }

    private static void Near(string expected, double found)
    {
        if (expected == "nan")
        {
            Assert.True(double.IsNaN(found));
            return;
        }
        Golden.Near(Golden.Number(expected), found);
    }

    private static MulticlassPredictions Rows(int first, int end) =>
        All with { Probabilities = All.Probabilities[(first * 4)..(end * 4)], Targets = All.Targets[first..end] };

    /// <summary>Rows of three classes from random risks; the model knows them badly, and in group 1 hardly at all.</summary>
    private static MulticlassPredictions Drawn(int rows, ulong seed, int[]? groups = null)
    {
        Philox random = new(seed, RandomPurpose.Bootstrap, 99);
        double[] probabilities = new double[rows * 3];
        int[] targets = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            ulong at = (ulong)row * 8;
            double[] risk = [random.UniformDouble(at), random.UniformDouble(at + 1), random.UniformDouble(at + 2)];
            double[] truth = [.. risk.Select(value => value * value * value)];
            double draw = random.UniformDouble(at + 3) * truth.Sum();
            targets[row] = draw < truth[0] ? 0 : draw < truth[0] + truth[1] ? 1 : 2;
            double[] seen = groups is null || groups[row] == 0 ? truth : [random.UniformDouble(at + 4), random.UniformDouble(at + 5), random.UniformDouble(at + 6)];
            for (int k = 0; k < 3; k++)
            {
                probabilities[(row * 3) + k] = seen[k] / seen.Sum();
            }
        }
        return new MulticlassPredictions(probabilities, targets, ["a", "b", "c"]);
    }

    private static void Refused(Action action, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidPredictionsException>(action).Message, StringComparison.Ordinal);
}
