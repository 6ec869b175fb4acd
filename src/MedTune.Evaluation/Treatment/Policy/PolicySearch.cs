using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Exact search for the tree of depth 2 with the highest sum of scores.</summary>
/// <remarks>
/// For every first column the rows are taken in its order, and moved bin by bin from the upper part to the lower. Sums of scores by bin of every second column are kept for the
/// lower part; those of the upper part are the rest of the whole. Each first threshold then costs one pass over the bins: in all columns² x thresholds² x arms steps, beside
/// columns² x rows x arms additions.
/// </remarks>
internal sealed class PolicySearch
{
    /// <summary>Rules whose values differ by less than this share of all scores are equal: they differ by rounding at most.</summary>
    private const double Rounding = 1e-11;

    private readonly CutColumn[] _columns;
    private readonly double[] _scores;

    /// <summary>Rows x columns: the place of each row's bin among all columns' bins, so that a row is read in one go.</summary>
    private readonly int[] _places;

    private readonly int _arms;
    private readonly int _rows;
    private readonly int _least;
    private readonly double _tolerance;
    private readonly int[] _starts;
    private readonly PolicySums _whole;

    /// <summary>Prepares the sums of all rows.</summary>
    /// <param name="columns">Cut at their thresholds.</param>
    /// <param name="byArm">Scores by arm and row.</param>
    /// <param name="least">Fewest rows in a leaf.</param>
    public PolicySearch(CutColumn[] columns, double[][] byArm, int least)
    {
        _columns = columns;
        _arms = byArm.Length;
        _rows = byArm[0].Length;
        _least = least;
        _scores = new double[_rows * _arms];
        for (int row = 0; row < _rows; row++)
        {
            for (int arm = 0; arm < _arms; arm++)
            {
                _scores[(row * _arms) + arm] = byArm[arm][row];
            }
        }
        _tolerance = Rounding * _scores.Sum(Math.Abs);
        _starts = new int[columns.Length + 1];
        for (int column = 0; column < columns.Length; column++)
        {
            _starts[column + 1] = _starts[column] + columns[column].Thresholds.Length + 1;
        }
        _places = new int[_rows * columns.Length];
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                _places[(row * columns.Length) + column] = _starts[column] + columns[column].Bins[row];
            }
        }
        _whole = new PolicySums(_starts[^1], _arms);
        for (int row = 0; row < _rows; row++)
        {
            Add(_whole, row);
        }
    }

    /// <summary>The conditions of the leaves of the best tree.</summary>
    /// <param name="depth">1 or 2.</param>
    public ImmutableArray<PolicyCondition>[] Paths(int depth)
    {
        Split best = Best(_whole);
        if (depth < 2)
        {
            return [.. Under([], best)];
        }
        ImmutableArray<PolicyCondition>[] paths = [.. Under([], best)];
        PolicySums upper = new(_starts[^1], _arms);
        double value = best.Value;
        for (int column = 0; column < _columns.Length; column++)
        {
            PolicySums lower = new(_starts[^1], _arms);
            int[] order = _columns[column].RowsByBin();
            int next = 0;
            for (int cut = 0; cut < _columns[column].Thresholds.Length; cut++)
            {
                for (; next < _rows && _columns[column].Bins[order[next]] <= cut; next++)
                {
                    Add(lower, order[next]);
                }
                if (next < _least || _rows - next < _least)
                {
                    continue;
                }
                upper.Rest(_whole, lower);
                Split below = Best(lower);
                Split above = Best(upper);
                if (below.Value + above.Value > value + _tolerance)
                {
                    value = below.Value + above.Value;
                    double threshold = _columns[column].Thresholds[cut];
                    paths = [.. Under([new PolicyCondition(column, threshold, false)], below), .. Under([new PolicyCondition(column, threshold, true)], above)];
                }
            }
        }
        return paths;
    }

    private void Add(PolicySums sums, int row)
    {
        ReadOnlySpan<double> scores = _scores.AsSpan(row * _arms, _arms);
        ReadOnlySpan<int> places = _places.AsSpan(row * _columns.Length, _columns.Length);
        sums.Rows++;
        for (int arm = 0; arm < scores.Length; arm++)
        {
            sums.Total[arm] += scores[arm];
        }
        foreach (int bin in places)
        {
            sums.Counts[bin]++;
            Span<double> own = sums.Scores.AsSpan(bin * scores.Length, scores.Length);
            for (int arm = 0; arm < own.Length; arm++)
            {
                own[arm] += scores[arm];
            }
        }
    }

    /// <summary>The best split of a part, or none.</summary>
    private Split Best(PolicySums part)
    {
        Split best = new(-1, 0, Largest(part.Total));
        Span<double> below = stackalloc double[_arms];
        for (int column = 0; column < _columns.Length; column++)
        {
            below.Clear();
            int rows = 0;
            int cuts = _columns[column].Thresholds.Length;
            for (int cut = 0; cut < cuts; cut++)
            {
                int bin = _starts[column] + cut;
                if (part.Counts[bin] == 0)
                {
                    continue;
                }
                rows += part.Counts[bin];
                double lower = double.NegativeInfinity;
                double upper = double.NegativeInfinity;
                for (int arm = 0; arm < below.Length; arm++)
                {
                    below[arm] += part.Scores[(bin * _arms) + arm];
                    lower = Math.Max(lower, below[arm]);
                    upper = Math.Max(upper, part.Total[arm] - below[arm]);
                }
                if (rows >= _least && part.Rows - rows >= _least && lower + upper > best.Value + _tolerance)
                {
                    best = new Split(column, cut, lower + upper);
                }
            }
        }
        return best;
    }

    private IEnumerable<ImmutableArray<PolicyCondition>> Under(ImmutableArray<PolicyCondition> path, Split split)
    {
        if (split.Column < 0)
        {
            yield return path;
            yield break;
        }
        double threshold = _columns[split.Column].Thresholds[split.Cut];
        yield return path.Add(new PolicyCondition(split.Column, threshold, false));
        yield return path.Add(new PolicyCondition(split.Column, threshold, true));
    }

    private static double Largest(double[] values)
    {
        double largest = values[0];
        foreach (double value in values)
        {
            largest = Math.Max(largest, value);
        }
        return largest;
    }

    private readonly record struct Split(int Column, int Cut, double Value);
}
