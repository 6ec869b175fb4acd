using MedTune.Evaluation;

namespace MedTune.Tests.Evaluation;

public sealed class CurveTests
{
    private static readonly BinaryEvaluation Evaluation = BinaryEvaluation.Of(Golden.Binary());

    /// <summary>sklearn.metrics.roc_curve with drop_intermediate; it keeps some points on straight lines that ours drops.</summary>
    [Fact]
    public void Roc_ScikitLearn_Agrees()
    {
        (double X, double Y)[] golden = [.. Golden.Table("binary", "roc_points").Select(row => (row[0], row[1]))];
        (double X, double Y)[] found = [.. Evaluation.RocCurve.Points.Select(point => (point.FalsePositiveRate, point.TruePositiveRate))];
        foreach ((double x, double y) in found)
        {
            Assert.Contains(golden, point => Math.Abs(point.X - x) + Math.Abs(point.Y - y) < 1e-12);
        }
        Golden.Near(Area(golden), Area(found), 1e-12);
        Golden.Near(Evaluation.Metrics["auroc"].Value, Area(found), 1e-12);
    }

    [Fact]
    public void Roc_Ends_AreTheCorners()
    {
        RocPoint first = Evaluation.RocCurve.Points[0];
        RocPoint last = Evaluation.RocCurve.Points[^1];
        Assert.Equal(new RocPoint(double.PositiveInfinity, 0, 0), first);
        Assert.Equal((1, 1), (last.FalsePositiveRate, last.TruePositiveRate));
    }

    [Fact]
    public void PrecisionRecall_Steps_SumToTheAveragePrecision()
    {
        double sum = 0;
        double recall = 0;
        foreach (PrecisionRecallPoint point in Evaluation.PrecisionRecallCurve.Points)
        {
            sum += (point.Recall - recall) * point.Precision;
            recall = point.Recall;
        }
        Assert.Equal(1, recall);
        Golden.Near(Golden.Values("binary", "average_precision")[0], sum, 1e-12);
        Golden.Near(Evaluation.Metrics["prevalence"].Value, Evaluation.PrecisionRecallCurve.Prevalence);
    }

    [Fact]
    public void Curves_OneClass_AreEmpty()
    {
        BinaryEvaluation negative = BinaryEvaluation.Of(new BinaryPredictions([0.2, 0.6], [0, 0]));
        Assert.Empty(negative.RocCurve.Points);
        Assert.Empty(negative.PrecisionRecallCurve.Points);
        Assert.Empty(negative.CalibrationCurve.Smooth);
        Assert.Equal(2, negative.CalibrationCurve.Groups.Sum(group => group.Count));
    }

    [Fact]
    public void Thinned_LongCurve_KeepsItsEnds()
    {
        RocCurve curve = Evaluation.RocCurve;
        Assert.Equal(10, curve.Thinned(10).Length);
        Assert.Equal(curve.Points[0], curve.Thinned(10)[0]);
        Assert.Equal(curve.Points[^1], curve.Thinned(10)[^1]);
        Assert.Equal(curve.Points, curve.Thinned(100_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.Thinned(1));
    }

    [Fact]
    public void CalibrationGroups_AllRows_AreInOneGroupEach()
    {
        var groups = Evaluation.CalibrationCurve.Groups;
        Assert.Equal(10, groups.Length);
        Assert.Equal(200, groups.Sum(group => group.Count));
        Assert.Equal(Golden.Binary().Targets.Sum(), groups.Sum(group => group.Positives));
        Assert.All(groups, group => Assert.Equal(WilsonInterval.Of(group.Positives, group.Count), group.Observed));
        Assert.Equal(groups.Select(group => group.MeanPredicted).Order(), groups.Select(group => group.MeanPredicted));
    }

    [Fact]
    public void CalibrationGroups_EqualPredictions_StayTogether() =>
        Assert.Single(BinaryEvaluation.Of(new BinaryPredictions([.. Enumerable.Repeat(0.3, 50)], [.. Enumerable.Range(0, 50).Select(i => i % 2)])).CalibrationCurve.Groups);

    /// <summary>statsmodels' lowess (it=0) with the same span on the same grid.</summary>
    [Fact]
    public void CalibrationSmooth_Statsmodels_Agrees()
    {
        double[] golden = Golden.Values("binary", "loess");
        var smooth = Evaluation.CalibrationCurve.Smooth;
        Assert.Equal(golden.Length, smooth.Length);
        for (int i = 0; i < golden.Length; i++)
        {
            Golden.Near(golden[i], smooth[i].Observed, 1e-6);
            Assert.InRange(smooth[i].Observed, smooth[i].Low, smooth[i].High);
        }
    }

    /// <summary>The area under a polygon by the trapezoidal rule.</summary>
    private static double Area((double X, double Y)[] points)
    {
        double sum = 0;
        for (int i = 1; i < points.Length; i++)
        {
            sum += (points[i].X - points[i - 1].X) * (points[i].Y + points[i - 1].Y) / 2;
        }
        return sum;
    }
}
