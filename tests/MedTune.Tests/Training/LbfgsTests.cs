using MedTune.Training;

namespace MedTune.Tests.Training;

public sealed class LbfgsTests
{
    [Fact]
    public void Minimize_Rosenbrock_FindsTheMinimum()
    {
        // f = (1 - x)^2 + 100 (y - x^2)^2, minimum 0 at (1, 1); Rosenbrock, The Computer Journal 3, 1960.
        double[] point = [-1.2, 1];
        var result = Lbfgs.Minimize(
            (x, gradient) =>
            {
                double a = 1 - x[0];
                double b = x[1] - (x[0] * x[0]);
                gradient[0] = (-2 * a) - (400 * x[0] * b);
                gradient[1] = 200 * b;
                return (a * a) + (100 * b * b);
            },
            point);
        Assert.True(result.Converged);
        Assert.Equal(1, point[0], 7);
        Assert.Equal(1, point[1], 7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public void Minimize_IllConditionedQuadratic_ReachesTheTolerance(int length)
    {
        // f = sum of c_i (x_i - i)^2 / 2 with c from 1 to 10^4.
        double[] point = new double[length];
        var result = Lbfgs.Minimize(
            (x, gradient) =>
            {
                double value = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    double c = 1 + (9999.0 * i / Math.Max(1, x.Length - 1));
                    gradient[i] = c * (x[i] - i);
                    value += 0.5 * c * (x[i] - i) * (x[i] - i);
                }

                return value;
            },
            point,
            new LbfgsOptions { GradientTolerance = 1e-6 });
        Assert.True(result.Converged, $"{result}");
        Assert.All(point, (value, i) => Assert.Equal(i, value, 5));
    }

    [Fact]
    public void Minimize_NotFiniteAtTheStart_SaysSo() =>
        Assert.Throws<ArithmeticException>(() => Lbfgs.Minimize((_, _) => double.NaN, new double[1]));

    [Fact]
    public void Minimize_WallOfInfinity_StaysInside()
    {
        // -log(1 - x) - log(x) on (0, 1), infinite outside; minimum at 1/2.
        double[] point = [0.01];
        var result = Lbfgs.Minimize(
            (x, gradient) =>
            {
                gradient[0] = (1 / (1 - x[0])) - (1 / x[0]);
                return x[0] is <= 0 or >= 1 ? double.PositiveInfinity : -MedTune.Tensors.DoubleMath.Log(1 - x[0]) - MedTune.Tensors.DoubleMath.Log(x[0]);
            },
            point);
        Assert.True(result.Converged);
        Assert.Equal(0.5, point[0], 6);
    }

    [Fact]
    public void Minimize_WithTheInverseCurvature_NeedsFewIterations()
    {
        // f = sum of c_i (x_i - 1)^2 / 2 + (x_i - 1)^4 / 4 with c from 1 to 10^6; the preconditioner divides by c.
        double[] curvature = [.. Enumerable.Range(0, 30).Select(i => Math.Pow(10, i / 5.0))];
        double[] point = new double[30];
        var result = Lbfgs.Minimize(
            (x, gradient) =>
            {
                double value = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    double away = x[i] - 1;
                    gradient[i] = (curvature[i] * away) + (away * away * away);
                    value += (0.5 * curvature[i] * away * away) + (0.25 * away * away * away * away);
                }

                return value;
            },
            point,
            null,
            vector =>
            {
                for (int i = 0; i < vector.Length; i++)
                {
                    vector[i] /= curvature[i];
                }
            });
        Assert.True(result.Converged);
        Assert.InRange(result.Iterations, 1, 15);
        Assert.All(point, x => Assert.Equal(1, x, 7));
    }
}
