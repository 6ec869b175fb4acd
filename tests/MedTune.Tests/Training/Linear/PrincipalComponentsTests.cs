using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training;

/// <summary>Components beside the eigenvalues of the whole matrix.</summary>
public sealed class PrincipalComponentsTests
{
    [Fact]
    public void Of_MadeSamples_AreTheLargestDirections()
    {
        const int Samples = 80, Features = 20;
        var random = new Philox(4, RandomPurpose.Search, 0);
        double[] hidden = [.. Enumerable.Range(0, Samples).Select(i => random.Normal((ulong)(90_000 + i)))];
        double[][] columns = [.. Enumerable.Range(0, Features).Select(feature => Enumerable.Range(0, Samples).Select(i => random.Normal((ulong)((feature * Samples) + i)) + (feature < 6 ? 3 * hidden[i] : 0)).ToArray())];
        foreach (double[] column in columns)
        {
            double mean = column.Average();
            for (int i = 0; i < Samples; i++)
            {
                column[i] -= mean;
            }
        }

        double[,] covariance = new double[Features, Features];
        for (int a = 0; a < Features; a++)
        {
            for (int b = 0; b < Features; b++)
            {
                covariance[a, b] = columns[a].Zip(columns[b], (x, y) => x * y).Sum() / Samples;
            }
        }

        var (values, vectors) = SymmetricEigen.Of(covariance);
        double[] expected = [.. values.OrderDescending()];
        var found = PrincipalComponents.Of(columns, 3, 1);

        Assert.Equal(3, found.Loadings.Length);
        Assert.All(found.Variances.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-3 * pair.Second));
        Assert.Equal(1, found.Loadings[0].Sum(weight => weight * weight), 1e-9);
        Assert.Equal(0, found.Loadings[0].Zip(found.Loadings[1], (a, b) => a * b).Sum(), 1e-9);
        int first = Array.IndexOf(values, expected[0]);
        Assert.Equal(1, Math.Abs(Enumerable.Range(0, Features).Sum(feature => vectors[feature, first] * found.Loadings[0][feature])), 1e-9);
        Assert.All(Enumerable.Range(0, 6), feature => Assert.True(found.Loadings[0][feature] > 0.3));
    }

    [Fact]
    public void Of_ColumnsThatRepeat_GiveNoMoreThanThereAre()
    {
        double[] one = [-1, 0, 1, 0], other = [0, -1, 0, 1];
        Assert.Equal(2, PrincipalComponents.Of([one, other, one, other], 4, 1).Loadings.Length);
    }
}
