using MedTune.Tensors;

namespace MedTune.Data;

/// <summary>The groups among given rows, with the classes in each: what a split deals out.</summary>
internal sealed class SplitUnits
{
    private readonly int _classCount;
    private readonly int[] _classTotals;
    private readonly List<Unit> _units = [];

    /// <summary>Collects the groups and puts them in the order of dealing.</summary>
    public SplitUnits(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, ReadOnlySpan<int> rows, ulong seed, ulong stream)
    {
        if (classes.Length != groups.Length)
        {
            throw new ArgumentException($"There are {classes.Length} classes for {groups.Length} groups: one of each is needed per row.", nameof(groups));
        }

        foreach (int row in rows)
        {
            _classCount = Math.Max(_classCount, classes[row] + 2); // -1 is position 0
        }

        _classTotals = new int[_classCount];
        var random = new Philox(seed, RandomPurpose.Split, stream);
        var unitOfGroup = new Dictionary<int, Unit>();
        foreach (int row in rows)
        {
            if (!unitOfGroup.TryGetValue(groups[row], out Unit? unit))
            {
                unit = new Unit(new int[_classCount], row);
                unitOfGroup.Add(groups[row], unit);
                _units.Add(unit);
            }

            unit.First = Math.Min(unit.First, row);
            unit.Rows.Add(row);
            unit.Classes[classes[row] + 1]++;
            _classTotals[classes[row] + 1]++;
        }

        foreach (Unit unit in _units)
        {
            unit.Priority = random.LongBits((ulong)unit.First);
        }

        // Large groups first: they are the hardest to place. First rows are distinct, so the order is total.
        _units.Sort((a, b) =>
            a.Rows.Count != b.Rows.Count ? b.Rows.Count.CompareTo(a.Rows.Count)
            : a.Priority != b.Priority ? a.Priority.CompareTo(b.Priority)
            : a.First.CompareTo(b.First));
    }

    /// <summary>Number of groups.</summary>
    public int Count => _units.Count;

    /// <summary>Deals the groups to parts of these shares.</summary>
    /// <param name="shares">The wanted share of each part; they add up to 1.</param>
    /// <param name="length">Rows of the dataset.</param>
    /// <returns>For each row its part, or -1.</returns>
    public int[] Deal(ReadOnlySpan<double> shares, int length)
    {
        var partOfRow = new int[length];
        Array.Fill(partOfRow, -1);
        var counts = new int[shares.Length, _classCount];
        var totals = new int[shares.Length];
        var isEmpty = new bool[shares.Length];
        Array.Fill(isEmpty, true);
        int empty = shares.Length;
        for (int i = 0; i < _units.Count; i++)
        {
            Unit unit = _units[i];
            bool mustFill = empty >= _units.Count - i; // as many parts without any group as groups left
            int part = BestPart(unit, shares, counts, totals, mustFill ? isEmpty : null);
            empty -= isEmpty[part] ? 1 : 0;
            isEmpty[part] = false;
            totals[part] += unit.Rows.Count;
            for (int c = 0; c < _classCount; c++)
            {
                counts[part, c] += unit.Classes[c];
            }

            foreach (int row in unit.Rows)
            {
                partOfRow[row] = part;
            }
        }

        return partOfRow;
    }

    // Minimizes the sum over parts and classes of n^2 / (share * N^2), which is least when every part has its share of every class:
    // a unit of g rows adds (2 n g + g^2) / (share * N^2). Ties go to the part that is emptiest for its share, then to the first.
    private int BestPart(Unit unit, ReadOnlySpan<double> shares, int[,] counts, int[] totals, bool[]? allowed)
    {
        int best = -1;
        double bestCost = double.PositiveInfinity;
        double bestFill = double.PositiveInfinity;
        for (int part = 0; part < shares.Length; part++)
        {
            if (allowed is not null && !allowed[part])
            {
                continue;
            }

            double cost = 0;
            for (int c = 0; c < _classCount; c++)
            {
                double g = unit.Classes[c];
                double n = _classTotals[c];
                cost += g == 0 ? 0 : (((2.0 * counts[part, c]) + g) * g) / (n * n);
            }

            cost /= shares[part];
            double fill = totals[part] / shares[part];
            if (cost < bestCost || (cost == bestCost && fill < bestFill))
            {
                (best, bestCost, bestFill) = (part, cost, fill);
            }
        }

        return best;
    }

    private sealed class Unit(int[] classes, int first)
    {
        public int[] Classes { get; } = classes;

        public List<int> Rows { get; } = [];

        public int First { get; set; } = first;

        public ulong Priority { get; set; }
    }
}
