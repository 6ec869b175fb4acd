using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Fits what each leaf of existing trees adds to margins that are already there, shrunk towards nothing.</summary>
/// <remarks>
/// The margin of a sample is its given one plus the corrections of the leaves it falls into. That is ridge regression on leaf membership, and for
/// many trees a kernel method whose kernel is the share of trees in which two samples meet (Scornet, IEEE Trans. Inf. Theory 62, 2016).
/// </remarks>
public sealed class LeafCorrection
{
    private const double Tolerance = 1e-6;

    private readonly int[][] _weightsOf;
    private readonly int[] _targets;
    private readonly float[] _margins;
    private readonly int[] _classes;
    private readonly int _width;
    private readonly int _trees;

    /// <summary>Prepares a fit.</summary>
    /// <param name="ensembles">The trees; their questions stay, their weights are not used.</param>
    /// <param name="matrix">What they ask, Float [samples of the dataset, features].</param>
    /// <param name="rows">The samples to learn from, at least one.</param>
    /// <param name="margins">The given margins of those samples, one sample after the other.</param>
    /// <param name="classes">Their classes.</param>
    /// <param name="width">Margins per sample: 1 for two classes, else one per class.</param>
    public LeafCorrection(
        ImmutableArray<TreeEnsemble> ensembles, Tensor matrix, ReadOnlySpan<int> rows, float[] margins, int[] classes, int width)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(margins);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length, nameof(rows));
        (_margins, _classes, _width) = (margins, classes, width);
        _targets = [.. ensembles.SelectMany(trees => trees.Weights.Select(weight => weight.Target))];
        _trees = ensembles.Sum(trees => trees.Roots.Length);
        int columns = matrix.Shape[1];
        _weightsOf = new int[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            _weightsOf[i] = WeightsOf(ensembles, matrix.Values<float>().Slice(rows[i] * columns, columns));
        }
    }

    /// <summary>The corrections that fit best.</summary>
    /// <param name="spread">How far they may move a margin beforehand: the standard deviation of their sum, in log-odds; greater than 0.</param>
    /// <returns>One per weight of the trees, in their order.</returns>
    public double[] Fit(double spread)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spread);
        var corrections = new double[_targets.Length];
        double pull = _trees / (spread * spread) / _classes.Length;
        Lbfgs.Minimize((values, gradient) => Evaluate(values, gradient, pull), corrections, new LbfgsOptions { GradientTolerance = Tolerance });
        return corrections;
    }

    private static int[] WeightsOf(ImmutableArray<TreeEnsemble> ensembles, ReadOnlySpan<float> values)
    {
        var found = new List<int>();
        int first = 0;
        foreach (var trees in ensembles)
        {
            foreach (int root in trees.Roots)
            {
                var leaf = trees.Nodes[root];
                while (leaf.Branch != TreeBranch.Leaf)
                {
                    leaf = trees.Nodes[leaf.Answer(values[leaf.Feature]) ? leaf.True : leaf.False];
                }

                found.AddRange(Enumerable.Range(first + leaf.True, leaf.False - leaf.True));
            }

            first += trees.Weights.Length;
        }

        return [.. found];
    }

    private double Evaluate(ReadOnlySpan<double> corrections, Span<double> gradient, double pull)
    {
        double penalty = 0;
        for (int w = 0; w < corrections.Length; w++)
        {
            penalty = Math.FusedMultiplyAdd(corrections[w], corrections[w], penalty);
            gradient[w] = pull * corrections[w];
        }

        double loss = 0;
        var margins = new double[_width];
        for (int i = 0; i < _classes.Length; i++)
        {
            for (int k = 0; k < _width; k++)
            {
                margins[k] = _margins[(i * _width) + k];
            }

            foreach (int w in _weightsOf[i])
            {
                margins[_targets[w]] += corrections[w];
            }

            loss += Residuals(margins, _classes[i]);
            foreach (int w in _weightsOf[i])
            {
                gradient[w] += margins[_targets[w]] / _classes.Length;
            }
        }

        return (loss / _classes.Length) + (0.5 * pull * penalty);
    }

    /// <summary>The loss of one sample; its margins become their derivatives.</summary>
    private static double Residuals(Span<double> margins, int target)
    {
        if (margins.Length == 1)
        {
            double z = margins[0];
            margins[0] = DoubleMath.Sigmoid(z) - target;
            return DoubleMath.Softplus(z) - (target * z);
        }

        double largest = margins[0];
        foreach (double margin in margins)
        {
            largest = Math.Max(largest, margin);
        }

        double sum = 0;
        foreach (double margin in margins)
        {
            sum += DoubleMath.Exp(margin - largest);
        }

        double loss = largest - margins[target] + DoubleMath.Log(sum);
        for (int k = 0; k < margins.Length; k++)
        {
            margins[k] = (DoubleMath.Exp(margins[k] - largest) / sum) - (k == target ? 1 : 0);
        }

        return loss;
    }
}
