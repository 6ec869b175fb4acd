using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>What prediction sets are asked to do.</summary>
public sealed record ConformalOptions
{
    /// <summary>The defaults: least-ambiguous sets that hold the true class in 90 % of the rows.</summary>
    public static ConformalOptions Default { get; } = new();

    /// <summary>What the threshold is set on. Default <see cref="ConformalScore.LeastAmbiguous"/>.</summary>
    public ConformalScore Score { get; init; } = ConformalScore.LeastAmbiguous;

    /// <summary>The share of rows whose set shall hold the true class (1 - alpha), between 0 and 1 exclusively. Default 0.9.</summary>
    public double Coverage { get; init; } = 0.9;

    /// <summary>
    /// Calibration rows from which a group gets a threshold of its own, 1 or more; never fewer than <see cref="FewestRows"/>. Default 50: by chance alone
    /// the coverage that such a threshold reaches then varies with a standard deviation of about 0.04 around 0.9 (Vovk, ACML 2012, PMLR 25:475-490).
    /// </summary>
    public int FewestInGroup { get; init; } = 50;

    /// <summary>Whether a row whose set would be empty gets its most probable class, by which coverage can only rise. Default false.</summary>
    public bool NeverEmpty { get; init; }

    /// <summary>With fewer calibration rows no threshold promises the coverage: the smallest n for which ceil((n + 1) coverage) is at most n.</summary>
    public long FewestRows
    {
        get
        {
            long rows = Math.Max(1, (long)Math.Ceiling(Coverage / (1 - Coverage) * (1 - Rounding)));
            return Rank(rows) > rows ? rows + 1 : rows;
        }
    }

    // (n + 1) times a coverage such as 0.7 can land a last digit above the whole number that is meant.
    private const double Rounding = 1e-12;

    /// <summary>The coverage as text: <c>90 %</c>.</summary>
    internal string Percent => (Coverage * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    /// <summary>Which of n scores in ascending order, counted from 1, is the threshold: ceil((n + 1) coverage); above n there is none.</summary>
    internal long Rank(long rows) => (long)Math.Ceiling((rows + 1) * Coverage * (1 - Rounding));

    /// <summary>Refuses options no set can be made with.</summary>
    /// <exception cref="ArgumentException">A coverage outside (0, 1), fewer than one row in a group, or an unknown score.</exception>
    internal void Check()
    {
        if (!(Coverage > 0 && Coverage < 1))
        {
            throw new ArgumentException("The coverage of prediction sets must lie between 0 and 1, for example 0.9.");
        }
        if (FewestInGroup < 1)
        {
            throw new ArgumentException("A group needs at least one calibration row for a threshold of its own; 50 is the default.");
        }
        if (Score is not (ConformalScore.LeastAmbiguous or ConformalScore.Adaptive))
        {
            throw new ArgumentException("Prediction sets are either least-ambiguous or adaptive.");
        }
    }
}
