namespace MedTune.Graphs.Operators;

/// <summary>
/// Probabilities of several classes from those of each pair: the p that make the sum of (r_ji·p_i - r_ij·p_j)² smallest (Wu, Lin and Weng, "Probability estimates for multi-class
/// classification by pairwise coupling", JMLR 2004, second method), found by their iteration to 0.005 / classes.
/// </summary>
internal sealed class PairwiseProbabilities
{
    private const int Rounds = 100;

    private readonly int _classes;
    private readonly double[] _pairs;
    private readonly double[] _matrix;
    private readonly double[] _products;

    public PairwiseProbabilities(int classes) =>
        (_classes, _pairs, _matrix, _products) = (classes, new double[classes * classes], new double[classes * classes], new double[classes]);

    /// <summary>Says how probable class i is beside class j.</summary>
    public void Set(int i, int j, double probability)
    {
        double within = Math.Clamp(probability, 1e-7, 1 - 1e-7);
        (_pairs[(i * _classes) + j], _pairs[(j * _classes) + i]) = (within, 1 - within);
    }

    /// <summary>Writes the probability of each class.</summary>
    public void Solve(Span<double> p)
    {
        p.Fill(1.0 / _classes);
        for (int i = 0; i < _classes; i++)
        {
            _matrix[(i * _classes) + i] = 0;
            for (int j = 0; j < _classes; j++)
            {
                if (j != i)
                {
                    double other = _pairs[(j * _classes) + i];
                    _matrix[(i * _classes) + i] += other * other;
                    _matrix[(i * _classes) + j] = -other * _pairs[(i * _classes) + j];
                }
            }
        }

        for (int round = 0; round < Rounds; round++)
        {
            double total = Multiply(p);
            if (Error(total) < 0.005 / _classes)
            {
                return;
            }

            Move(p, total);
        }
    }

    /// <summary>The products Q·p, and p·Q·p.</summary>
    private double Multiply(ReadOnlySpan<double> p)
    {
        double total = 0;
        for (int i = 0; i < _classes; i++)
        {
            double sum = 0;
            for (int j = 0; j < _classes; j++)
            {
                sum += _matrix[(i * _classes) + j] * p[j];
            }

            _products[i] = sum;
            total += p[i] * sum;
        }

        return total;
    }

    /// <summary>How far the products are from being equal, as they are at the minimum.</summary>
    private double Error(double total)
    {
        double largest = 0;
        foreach (double product in _products)
        {
            largest = Math.Max(largest, Math.Abs(product - total));
        }

        return largest;
    }

    /// <summary>Solves for one class after the other and keeps the sum at 1.</summary>
    private void Move(Span<double> p, double total)
    {
        for (int i = 0; i < _classes; i++)
        {
            double own = _matrix[(i * _classes) + i];
            double step = (total - _products[i]) / own;
            p[i] += step;
            total = (total + (step * ((step * own) + (2 * _products[i])))) / (1 + step) / (1 + step);
            for (int j = 0; j < _classes; j++)
            {
                _products[j] = (_products[j] + (step * _matrix[(i * _classes) + j])) / (1 + step);
                p[j] /= 1 + step;
            }
        }
    }
}
