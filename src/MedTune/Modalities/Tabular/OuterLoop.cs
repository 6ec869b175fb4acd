using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;

namespace MedTune.Modalities.Tabular;

/// <summary>The outer loop of a validation: which rows are predicted together, and which rows decide and fit everything for that.</summary>
/// <param name="Name">Names the loop's fits: <c>fold</c> or <c>site</c>.</param>
/// <param name="Folds">Where each row is predicted; -1 where it is not.</param>
/// <param name="TrainingRows">By fold, the rows whose models predict it.</param>
/// <param name="Stream">Tells the loop's random numbers from those of another loop.</param>
internal sealed record OuterLoop(string Name, FoldAssignment Folds, ImmutableArray<int[]> TrainingRows, ulong Stream)
{
    /// <summary>Ordinary folds: each is predicted from all others.</summary>
    public static OuterLoop Of(FoldAssignment folds) => new("fold", folds, [.. Enumerable.Range(0, folds.Folds).Select(folds.TrainingRows)], 0);

    /// <summary>Names the fits to the training rows of a fold.</summary>
    public string KeyOf(int fold) => string.Create(CultureInfo.InvariantCulture, $"{Name} {fold}");

    /// <summary>Names the fits to an inner fold's training rows.</summary>
    public string KeyOf(int fold, int inner) => string.Create(CultureInfo.InvariantCulture, $"{Name} {fold}/inner {inner}");

    /// <summary>The random stream of a fold's fits; inner folds count up from it.</summary>
    public ulong StreamOf(int fold) => Stream + (ulong)((fold + 1) * 64);
}
