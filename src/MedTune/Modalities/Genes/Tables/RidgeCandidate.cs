using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data.Genes;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Logistic regression with a ridge penalty over all measurements, or over those that tell the classes best by themselves on the training rows.</summary>
/// <param name="kept">How many features are kept to choose from; 0 for all of them.</param>
internal sealed class RidgeCandidate(params ImmutableArray<int> kept) : LinearTableCandidate
{
    // Shares of the mean squared length of a sample: from the difference of the classes' means down to the widest margin between them.
    private static readonly double[] Penalties = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 1e-4, 1e-5];

    private ImmutableArray<int> Kept => kept.IsEmpty ? [0] : kept;

    /// <inheritdoc/>
    public override string Name => kept.IsEmpty ? "ridge regression" : "ridge regression of chosen genes";

    /// <inheritdoc/>
    protected override ImmutableArray<string> SettingsFor(GeneData data) =>
    [
        .. Kept.SelectMany(count => Penalties.Select(penalty => count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"penalty {penalty:0.#####}")
            : string.Create(CultureInfo.InvariantCulture, $"{count} features, penalty {penalty:0.#####}"))),
    ];

    /// <inheritdoc/>
    protected override LinearSpace Measure(GeneData data, int[] rows) => MeasuredSpace.Of(data, rows, bySample: data.Input == GeneForm.Expression);

    /// <inheritdoc/>
    protected override LinearSpace SpaceOf(GeneData data, FitRecord record) => MeasuredSpace.Of(record);

    /// <inheritdoc/>
    protected override GeneLinearFit[] FitSettings(double[][] columns, int[] classes, int count, CancellationToken cancellation) =>
        [.. Kept.SelectMany(number => FitKept(columns, classes, count, number, cancellation))];

    private static IEnumerable<GeneLinearFit> FitKept(double[][] columns, int[] classes, int count, int number, CancellationToken cancellation)
    {
        if (number == 0 || number >= columns.Length)
        {
            return RidgePath.Follow(columns, classes, count, Penalties, cancellation).Select(fit => new GeneLinearFit(fit.Intercepts, fit.Weights));
        }

        int[] chosen = StandardizedColumns.MostTelling(columns, classes, count, number);
        var fits = RidgePath.Follow(Array.ConvertAll(chosen, feature => columns[feature]), classes, count, Penalties, cancellation);
        return fits.Select(fit => new GeneLinearFit(fit.Intercepts, fit.Weights, chosen));
    }
}
