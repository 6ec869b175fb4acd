namespace MedTune.Evaluation;

/// <summary>Effect scores by falling priority, and the figures of their targeting curve for any counts of the patients.</summary>
/// <remarks>
/// Rows of equal priority share their mean score. With j rows treated, S_j their sum of scores and m the mean of all n: TOC(j/n) = S_j / j - m;
/// AUTOC = Σ TOC(j/n) / n; Qini = Σ (j/n) TOC(j/n) / n. Inside a block of c equal priorities after a rows, with block mean b, S_j = S_a + (j - a) b, so the sums over its rows
/// have closed forms with harmonic numbers, and a resample costs one step a block.
/// </remarks>
internal sealed class RankedScores
{
    private readonly double[] _scores;
    private readonly int[] _units;
    private readonly int[] _blocks;
    private readonly double[] _harmonic;
    private readonly double[] _shares;

    public RankedScores(EffectScores scores, double[] priorities, double[] shares)
    {
        double[] falling = Array.ConvertAll(priorities, priority => -priority);
        Rows = CanonicalRows.Of(scores.Groups, [falling, scores.Values]);
        _scores = Rows.Take(scores.Values);
        _units = Rows.Units;
        _blocks = Blocks(Rows.Take(falling));
        _shares = shares;
        _harmonic = new double[(2 * Rows.Count) + 1];
        for (int j = 1; j < _harmonic.Length; j++)
        {
            _harmonic[j] = _harmonic[j - 1] + (1.0 / j);
        }
    }

    /// <summary>The rows in the order of treating.</summary>
    public CanonicalRows Rows { get; }

    /// <summary>Figures each measurement writes: AUTOC, Qini, then the curve's points.</summary>
    public int Outputs => 2 + _shares.Length;

    /// <summary>Whether every row has the same priority, or the same score: then nothing is ranked, and figures and errors are 0 but for rounding.</summary>
    public bool IsConstant => _blocks.Length == 2 || _scores.AsSpan().IndexOfAnyExcept(_scores[0]) < 0;

    /// <summary>Measures the rows, each counted as often as its unit.</summary>
    public void Measure(ReadOnlySpan<int> unitCounts, Span<double> figures)
    {
        long total = 0;
        double sum = 0;
        for (int i = 0; i < _scores.Length; i++)
        {
            int count = unitCounts[_units[i]];
            total += count;
            sum += count * _scores[i];
        }
        double mean = sum / total;
        double autoc = 0;
        double qini = 0;
        double treated = 0;
        long before = 0;
        int point = 0;
        for (int block = 0; block + 1 < _blocks.Length; block++)
        {
            (long count, double own) = Block(block, unitCounts);
            if (count == 0)
            {
                continue;
            }

            // Against the mean, so that a constant effect gives 0 up to rounding.
            double average = (own / count) - mean;
            for (; point < _shares.Length && before + count >= _shares[point] * total; point++)
            {
                double rows = _shares[point] * total;
                figures[2 + point] = (treated + ((rows - before) * average)) / rows;
            }
            autoc += (count * average) + ((treated - (before * average)) * Harmonic(before, before + count));
            qini += (count * treated) + (average * count * (count + 1) / 2);
            treated += count * average;
            before += count;
        }
        figures[0] = autoc / total;
        figures[1] = qini / ((double)total * total);
    }

    private (long Count, double Sum) Block(int block, ReadOnlySpan<int> unitCounts)
    {
        long count = 0;
        double sum = 0;
        for (int i = _blocks[block]; i < _blocks[block + 1]; i++)
        {
            int own = unitCounts[_units[i]];
            count += own;
            sum += own * _scores[i];
        }
        return (count, sum);
    }

    /// <summary>1/(from + 1) + ... + 1/to; resamples of unequal patients can hold more rows than the table.</summary>
    private double Harmonic(long from, long to)
    {
        if (to < _harmonic.Length)
        {
            return _harmonic[to] - _harmonic[from];
        }
        double sum = 0;
        for (long j = from + 1; j <= to; j++)
        {
            sum += 1.0 / j;
        }
        return sum;
    }

    private static int[] Blocks(double[] sorted)
    {
        List<int> starts = [0];
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[i - 1])
            {
                starts.Add(i);
            }
        }
        starts.Add(sorted.Length);
        return [.. starts];
    }
}
