using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>How intervals are made. The same options and predictions give the same bits.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Above this many rows a bootstrap takes <see cref="LargeResamples"/> resamples: the intervals are narrow and the time is not.</summary>
    public const int LargeRows = 20_000;

    /// <summary>Bootstrap resamples above <see cref="LargeRows"/> rows.</summary>
    public const int LargeResamples = 200;

    /// <summary>The defaults: 95 % intervals, seed 0, 1000 resamples.</summary>
    public static EvaluationOptions Default { get; } = new();

    /// <summary>Confidence level of every interval, between 0 and 1 exclusively. Default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Seed of the bootstrap. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Bootstrap resamples where a bootstrap is used and there are at most <see cref="LargeRows"/> rows, 100 or more. Default 1000.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>The two-sided normal quantile of <see cref="Confidence"/>: 1.96 for 0.95.</summary>
    internal double NormalQuantile => NormalDistribution.Quantile(0.5 + (Confidence / 2));

    /// <summary>The level as text: <c>95 %</c>.</summary>
    internal string Percent => (Confidence * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>How many resamples a sample of so many rows gets.</summary>
    internal int ResamplesFor(long rows) => rows > LargeRows ? Math.Min(LargeResamples, Resamples) : Resamples;

    /// <summary>Refuses options no interval can be made with.</summary>
    /// <exception cref="ArgumentException">A level outside (0, 1), or too few resamples.</exception>
    internal void Check()
    {
        if (!(Confidence > 0 && Confidence < 1))
        {
            throw new ArgumentException("The confidence level of the intervals must lie between 0 and 1, for example 0.95.");
        }
        if (Resamples < 100)
        {
            throw new ArgumentException("The bootstrap needs at least 100 resamples to give an interval; 1000 is the default.");
        }
    }
}
