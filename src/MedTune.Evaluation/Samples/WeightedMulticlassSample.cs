namespace MedTune.Evaluation;

/// <summary>A several-class sample in which each row counts a whole number of times.</summary>
internal sealed class WeightedMulticlassSample
{
    private long[]? _confusion;

    public WeightedMulticlassSample(MulticlassSample rows, IReadOnlyList<BinarySample> against, EvaluationOptions options)
    {
        Rows = rows;
        Against = against;
        Options = options;
        Weights = new int[rows.Count];
        Array.Fill(Weights, 1);
    }

    public MulticlassSample Rows { get; }

    /// <summary>Each class against the rest.</summary>
    public IReadOnlyList<BinarySample> Against { get; }

    public EvaluationOptions Options { get; }

    public int[] Weights { get; }

    /// <summary>Counts by (target, decision), row-major.</summary>
    public long[] Confusion => _confusion ??= Count();

    public long Total => Confusion.Sum();

    public void Draw(ReadOnlySpan<int> unitCounts)
    {
        int[] units = Rows.Units;
        for (int i = 0; i < units.Length; i++)
        {
            Weights[i] = unitCounts[units[i]];
        }
        _confusion = null;
    }

    /// <summary>The four counts of one class against the rest.</summary>
    public ConfusionMatrix Cells(int classIndex) => MulticlassConfusionMatrix.Against(Confusion, Rows.Classes, classIndex);

    /// <summary>Weighted mean of a value per row.</summary>
    public double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += Weights[i] * values[i];
        }
        return sum / Total;
    }

    private long[] Count()
    {
        long[] counts = new long[Rows.Classes * Rows.Classes];
        for (int i = 0; i < Weights.Length; i++)
        {
            counts[(Rows.Targets[i] * Rows.Classes) + Rows.Decisions[i]] += Weights[i];
        }
        return counts;
    }
}
