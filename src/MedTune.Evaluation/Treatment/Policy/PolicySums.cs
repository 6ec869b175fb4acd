namespace MedTune.Evaluation;

/// <summary>Sums of scores of a part of the rows, by bin of every column.</summary>
internal sealed class PolicySums(int bins, int arms)
{
    /// <summary>Rows.</summary>
    public int Rows { get; set; }

    /// <summary>By arm.</summary>
    public double[] Total { get; } = new double[arms];

    /// <summary>Rows by bin, the columns' bins one after another.</summary>
    public int[] Counts { get; } = new int[bins];

    /// <summary>Bins x arms.</summary>
    public double[] Scores { get; } = new double[bins * arms];

    /// <summary>Becomes what is left of the whole without a part.</summary>
    public void Rest(PolicySums whole, PolicySums part)
    {
        Rows = whole.Rows - part.Rows;
        for (int arm = 0; arm < Total.Length; arm++)
        {
            Total[arm] = whole.Total[arm] - part.Total[arm];
        }
        for (int bin = 0; bin < Counts.Length; bin++)
        {
            Counts[bin] = whole.Counts[bin] - part.Counts[bin];
        }
        for (int i = 0; i < Scores.Length; i++)
        {
            Scores[i] = whole.Scores[i] - part.Scores[i];
        }
    }
}
