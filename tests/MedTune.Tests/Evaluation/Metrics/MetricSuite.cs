using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

/// <summary>What every registered metric must satisfy on every sample. A new metric is checked as soon as it is in the registry.</summary>
public sealed class MetricSuite
{
    private static readonly Lazy<Dictionary<string, BinaryEvaluation>> Binary = new(() =>
        MetricSamples.Binary.ToDictionary(one => one.Name, one => BinaryEvaluation.Of(one.Predictions)));

    private static readonly Lazy<Dictionary<string, MulticlassEvaluation>> Multiclass = new(() =>
        MetricSamples.Multiclass.ToDictionary(one => one.Name, one => MulticlassEvaluation.Of(one.Predictions)));

    public static TheoryData<string> BinaryNames => [.. MetricRegistry.Binary.Select(metric => metric.Name)];

    public static TheoryData<string> MulticlassNames => [.. MetricRegistry.Multiclass.Select(metric => metric.Name)];

    [Fact]
    public void Registry_EveryMetric_SaysWhatItIs()
    {
        foreach (Metric metric in MetricRegistry.Binary.Concat<Metric>(MetricRegistry.Multiclass))
        {
            Assert.Matches("^[a-z][a-z0-9_]*$", metric.Name);
            Assert.NotEmpty(metric.Title);
            Assert.EndsWith(".", metric.Meaning, StringComparison.Ordinal);
            Assert.Matches("(19|20)[0-9][0-9]", metric.Citation);
            Assert.True(metric.Minimum < metric.Maximum, metric.Name);
            Assert.Equal(metric.Direction == MetricDirection.Descriptive, double.IsNaN(metric.Ideal));
        }
        Assert.Equal(MetricRegistry.Binary.Length, MetricRegistry.Binary.Select(metric => metric.Name).Distinct().Count());
        Assert.Equal(MetricRegistry.Multiclass.Length, MetricRegistry.Multiclass.Select(metric => metric.Name).Distinct().Count());
        Assert.Subset(MetricRegistry.Binary.Select(metric => metric.Name).ToHashSet(), MetricRegistry.PerClass.Select(metric => metric.Name).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void Binary_AnySample_IsInRangeInsideItsIntervalOrSaysWhyNot(string name)
    {
        Metric metric = MetricRegistry.Binary.Single(one => one.Name == name);
        foreach ((string sample, BinaryEvaluation evaluation) in Binary.Value)
        {
            Check(metric, evaluation.Metrics[name], sample);
        }
    }

    [Theory]
    [MemberData(nameof(MulticlassNames))]
    public void Multiclass_AnySample_IsInRangeInsideItsIntervalOrSaysWhyNot(string name)
    {
        Metric metric = MetricRegistry.Multiclass.Single(one => one.Name == name);
        foreach ((string sample, MulticlassEvaluation evaluation) in Multiclass.Value)
        {
            Check(metric, evaluation.Metrics[name], sample);
        }
    }

    [Fact]
    public void PerClass_AnySample_IsInRangeInsideItsIntervalOrSaysWhyNot()
    {
        foreach ((string sample, MulticlassEvaluation evaluation) in Multiclass.Value)
        {
            foreach (ClassEvaluation one in evaluation.Classes)
            {
                foreach (BinaryMetric metric in MetricRegistry.PerClass)
                {
                    Check(metric, one.Metrics[metric.Name], sample + ", class " + one.Name);
                }
            }
        }
    }

    /// <summary>Certain and right predictions reach the ideal of every metric they define.</summary>
    [Fact]
    public void Binary_PerfectPredictions_ReachTheIdeal()
    {
        foreach (BinaryMetric metric in MetricRegistry.Binary.Where(one => one.Direction != MetricDirection.Descriptive))
        {
            Estimate estimate = Binary.Value["certain and right"].Metrics[metric.Name];
            if (estimate.IsDefined)
            {
                // The refit of the calibration stops within 1e-9.
                Assert.True(Math.Abs(estimate.Value - metric.Ideal) < 1e-8, $"{metric.Name} is {estimate.Value} where it should be {metric.Ideal}");
            }
        }
    }

    [Fact]
    public void Multiclass_PerfectPredictions_ReachTheIdeal()
    {
        foreach (MulticlassMetric metric in MetricRegistry.Multiclass)
        {
            Golden.Near(metric.Ideal, Multiclass.Value["perfect"].Metrics[metric.Name].Value, 1e-12);
        }
    }

    [Fact]
    public void Binary_WrongPredictions_AreWorseThanRightOnes()
    {
        foreach (BinaryMetric metric in MetricRegistry.Binary)
        {
            double right = Binary.Value["perfect"].Metrics[metric.Name].Value;
            double wrong = Binary.Value["certain and wrong"].Metrics[metric.Name].Value;
            if (double.IsNaN(right) || double.IsNaN(wrong) || metric.Direction is MetricDirection.Descriptive or MetricDirection.NearerToIdealIsBetter)
            {
                continue;
            }
            Assert.True(metric.Direction == MetricDirection.HigherIsBetter ? right > wrong : right < wrong, metric.Name);
        }
    }

    /// <summary>A model that says the same of everyone knows nothing, and every metric says so.</summary>
    [Theory]
    [InlineData("auroc", 0.5)]
    [InlineData("auroc_fold_mean", 0.5)]
    [InlineData("average_precision", 0.4)]
    [InlineData("mcc", 0)]
    [InlineData("balanced_accuracy", 0.5)]
    [InlineData("recall", 0)]
    [InlineData("specificity", 1)]
    [InlineData("precision", double.NaN)]
    [InlineData("calibration_slope", double.NaN)]
    [InlineData("likelihood_ratio_positive", double.NaN)]
    [InlineData("likelihood_ratio_negative", 1)]
    [InlineData("observed_expected_ratio", 4.0 / 3)]
    [InlineData("ece", 0.1)]
    public void Binary_ConstantPredictions_KnowNothing(string name, double expected) =>
        Assert.Equal(expected, Binary.Value["constant"].Metrics[name].Value, 12);

    [Fact]
    public void Binary_OtherRowOrder_GivesTheSameBits()
    {
        foreach ((string name, BinaryPredictions predictions) in MetricSamples.Binary)
        {
            BinaryEvaluation shuffled = BinaryEvaluation.Of(MetricSamples.Shuffled(predictions, 5));
            Assert.Equal<IEnumerable<KeyValuePair<string, Estimate>>>(Binary.Value[name].Metrics, shuffled.Metrics);
            Assert.True(Binary.Value[name].RocCurve.Points.AsSpan().SequenceEqual(shuffled.RocCurve.Points.AsSpan()));
            Assert.True(Binary.Value[name].CalibrationCurve.Smooth.AsSpan().SequenceEqual(shuffled.CalibrationCurve.Smooth.AsSpan()));
        }
    }

    [Fact]
    public void Multiclass_OtherRowOrder_GivesTheSameBits()
    {
        foreach ((string name, MulticlassPredictions predictions) in MetricSamples.Multiclass)
        {
            MulticlassEvaluation shuffled = MulticlassEvaluation.Of(MetricSamples.Shuffled(predictions, 5));
            Assert.Equal<IEnumerable<KeyValuePair<string, Estimate>>>(Multiclass.Value[name].AllMetrics(), shuffled.AllMetrics());
        }
    }

    /// <summary>Figures describe shares and means, so every row twice is the same figure; sums of doubled terms differ by rounding only.</summary>
    [Fact]
    public void Binary_EveryRowTwice_LeavesTheValue()
    {
        foreach ((string name, BinaryPredictions predictions) in MetricSamples.Binary)
        {
            BinaryEvaluation doubled = BinaryEvaluation.Of(MetricSamples.Doubled(predictions));
            foreach ((string metric, Estimate estimate) in Binary.Value[name].Metrics)
            {
                Same(estimate.Value, doubled.Metrics[metric].Value, name + ": " + metric);
            }
        }
    }

    [Fact]
    public void Multiclass_EveryRowTwice_LeavesTheValue()
    {
        foreach ((string name, MulticlassPredictions predictions) in MetricSamples.Multiclass)
        {
            MulticlassEvaluation doubled = MulticlassEvaluation.Of(MetricSamples.Doubled(predictions));
            foreach ((string metric, Estimate estimate) in Multiclass.Value[name].Metrics)
            {
                Same(estimate.Value, doubled.Metrics[metric].Value, name + ": " + metric);
            }
        }
    }

    [Fact]
    public void Binary_SecondEvaluation_GivesTheSameBits()
    {
        BinaryEvaluation again = BinaryEvaluation.Of(Golden.Binary(withGroups: true));
        Assert.Equal<IEnumerable<KeyValuePair<string, Estimate>>>(Binary.Value["golden with patients"].Metrics, again.Metrics);
    }

    private static void Check(Metric metric, Estimate estimate, string sample)
    {
        string where = $"{metric.Name} on '{sample}': {estimate} {estimate.Method}";
        Assert.NotEmpty(estimate.Method);
        if (!estimate.IsDefined)
        {
            Assert.False(estimate.HasInterval, where);
            Assert.StartsWith("undefined: ", estimate.Method, StringComparison.Ordinal);
            return;
        }
        Assert.True(estimate.Value >= metric.Minimum && estimate.Value <= metric.Maximum, where);
        if (!estimate.HasInterval)
        {
            Assert.True(double.IsNaN(estimate.Low) && double.IsNaN(estimate.High), where);
            Assert.StartsWith("no interval: ", estimate.Method, StringComparison.Ordinal);
            return;
        }
        Assert.True(estimate.Low <= estimate.Value && estimate.Value <= estimate.High, where);
        Assert.True(estimate.Low < estimate.High, where);
        Assert.True(estimate.Low >= metric.Minimum && estimate.High <= metric.Maximum, where);
        Assert.StartsWith("95 % ", estimate.Method, StringComparison.Ordinal);
    }

    private static void Same(double expected, double actual, string where) => Assert.True(
        (double.IsNaN(expected) && double.IsNaN(actual)) || Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)),
        $"{where}: {expected:R} became {actual:R}");
}
