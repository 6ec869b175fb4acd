namespace MedTune.Evaluation;

/// <summary>A sample in which each row counts a whole number of times: once each, or as often as a bootstrap drew it.</summary>
internal sealed class WeightedBinarySample
{
    private ConfusionMatrix? _confusion;

    public WeightedBinarySample(BinarySample rows, EvaluationOptions options)
    {
        Rows = rows;
        Options = options;
        Weights = new int[rows.Count];
        Array.Fill(Weights, 1);
    }

    public BinarySample Rows { get; }

    public EvaluationOptions Options { get; }

    /// <summary>How often each row counts.</summary>
    public int[] Weights { get; }

    /// <summary>Whether the rows are as given, each counting once.</summary>
    public bool IsOriginal { get; private set; } = true;

    public ConfusionMatrix Confusion => _confusion ??= Count();

    public long Positives => Confusion.Positives;

    public long Negatives => Confusion.Negatives;

    public long Total => Confusion.Total;

    /// <summary>Gives each row the count of its resampling unit.</summary>
    public void Draw(ReadOnlySpan<int> unitCounts)
    {
        int[] units = Rows.Units;
        for (int i = 0; i < units.Length; i++)
        {
            Weights[i] = unitCounts[units[i]];
        }
        _confusion = null;
        IsOriginal = false;
    }

    /// <summary>Sum of weight times value over the rows, in four chains joined at the end.</summary>
    public double Sum(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<int> weights = Weights;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            a += weights[i] * values[i];
            b += weights[i + 1] * values[i + 1];
            c += weights[i + 2] * values[i + 2];
            d += weights[i + 3] * values[i + 3];
        }
        for (; i < values.Length; i++)
        {
            a += weights[i] * values[i];
        }
        return (a + b) + (c + d);
    }

    private ConfusionMatrix Count()
    {
        Span<long> cells = stackalloc long[4];
        for (int i = 0; i < Weights.Length; i++)
        {
            cells[(Rows.Targets[i] * 2) + (Rows.Decisions[i] ? 1 : 0)] += Weights[i];
        }
        return new ConfusionMatrix(cells[3], cells[1], cells[0], cells[2]);
    }
}
