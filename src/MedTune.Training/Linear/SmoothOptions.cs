using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>How <see cref="SmoothRegression"/> chooses its penalty.</summary>
internal sealed record SmoothOptions
{
    /// <summary>Whether margins of yes or no are fitted (logistic loss) instead of numbers (squared loss).</summary>
    public bool IsLogistic { get; init; }

    /// <summary>So many of the strongest terms are multiplied with each other, where that lowers the held-out loss; 0 for none. Default 12; numbers only.</summary>
    public int ProductFactors { get; init; } = 12;

    /// <summary>Penalties that are tried, on the mean loss of a sample, from the largest to the smallest.</summary>
    public ImmutableArray<double> Penalties { get; init; } = [100, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.001];

    /// <summary>Grouped parts that are held out in turn to choose the penalty. Default 5.</summary>
    public int Folds { get; init; } = 5;
}
