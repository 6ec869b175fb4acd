using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training;

public sealed class MarginCalibrationTests
{
    [Fact]
    public void Fit_MarginsTwiceTooLargeAndShifted_UndoesBoth()
    {
        var (margins, classes) = Draw(4000, margin => (2 * margin) + 1);
        var calibration = MarginCalibration.Fit(margins, classes);
        Assert.Equal("platt", calibration.Name);
        Assert.Equal(0.5, calibration.Slope, 1);
        Assert.Equal(-0.5, calibration.Intercept, 1);
    }

    [Fact]
    public void Choose_HonestMargins_LeavesThemAlone()
    {
        var (margins, classes) = Draw(600, margin => margin);
        var (calibration, _) = MarginCalibration.Choose(margins, classes, Folds(600));
        Assert.Same(MarginCalibration.None, calibration);
    }

    [Fact]
    public void Choose_OverconfidentMargins_CorrectsThem()
    {
        var (margins, classes) = Draw(600, margin => 4 * margin);
        var (calibration, losses) = MarginCalibration.Choose(margins, classes, Folds(600));
        Assert.Equal("platt", calibration.Name);
        Assert.True(losses.Average() < PointwiseLoss.Mean(margins, classes));
    }

    [Fact]
    public void Fit_SeparatedClasses_StaysFinite()
    {
        var calibration = MarginCalibration.Fit([-3f, -2f, -1f, 1f, 2f, 3f], [0, 0, 0, 1, 1, 1]);
        Assert.True(double.IsFinite(calibration.Slope) && calibration.Slope < 10);
    }

    [Fact]
    public void Fit_MarginsThatPointTheWrongWay_AreNotTurnedAround() =>
        Assert.Same(MarginCalibration.None, MarginCalibration.Fit([3f, 2f, 1f, -1f, -2f, -3f], [0, 0, 0, 1, 1, 1]));

    [Fact]
    public void Fit_SeveralClasses_FindsTheTemperature()
    {
        // Classes drawn from softmax(z); margins shown as 3 z, so the slope that makes them honest is 1/3.
        const int Count = 3000;
        var margins = new float[Count * 3];
        var classes = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            var random = new Philox(4, RandomPurpose.Bootstrap, (ulong)i);
            double[] z = [random.Normal(0), random.Normal(1), random.Normal(2)];
            double sum = z.Sum(DoubleMath.Exp);
            double u = random.UniformDouble(40) * sum;
            classes[i] = u < DoubleMath.Exp(z[0]) ? 0 : u < DoubleMath.Exp(z[0]) + DoubleMath.Exp(z[1]) ? 1 : 2;
            for (int k = 0; k < 3; k++)
            {
                margins[(i * 3) + k] = (float)(3 * z[k]);
            }
        }

        var calibration = MarginCalibration.Fit(margins, classes);
        Assert.Equal("temperature", calibration.Name);
        Assert.Equal(1.0 / 3, calibration.Slope, 1);
    }

    private static int[] Folds(int count) => [.. Enumerable.Range(0, count).Select(i => i % 5)];

    private static (float[] Margins, int[] Classes) Draw(int count, Func<double, double> shown)
    {
        var margins = new float[count];
        var classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            var random = new Philox(2, RandomPurpose.Bootstrap, (ulong)i);
            double margin = 1.5 * random.Normal(0);
            classes[i] = random.UniformDouble(2) < DoubleMath.Sigmoid(margin) ? 1 : 0;
            margins[i] = (float)shown(margin);
        }

        return (margins, classes);
    }
}
