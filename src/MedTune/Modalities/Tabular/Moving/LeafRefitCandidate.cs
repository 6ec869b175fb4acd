using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>The source's trees keep their questions; each leaf learns a correction of the margin, shrunk towards none.</summary>
internal sealed class LeafRefitCandidate(ModelFile source, FeatureSpace space, string matrix) : TreeCorrectionCandidate(source, space, matrix)
{
    public const string Kind = "leaves refitted";

    // How far the corrections may move a margin beforehand, as a standard deviation in log-odds.
    private static readonly ImmutableArray<double> Spreads = [0.3, 0.6, 1.2];

    public override string Name => Kind;

    public override ImmutableArray<string> Settings =>
        [.. Spreads.Select(spread => $"corrections of about {spread.ToString("0.#", CultureInfo.InvariantCulture)} in log-odds")];

    protected override void FitCorrection(
        FitTask task, Tensor matrix, float[] margins, int setting, FitRecord record, FitProgressFile progress, CancellationToken cancellation)
    {
        int[] classes = [.. task.Rows.Select(row => task.Samples.Classes[row])];
        var correction = new LeafCorrection(SourceTrees, matrix, task.Rows.AsSpan(), margins, classes, task.Margins);
        record[$"{setting}/leaves"] = correction.Fit(Spreads[setting]);
    }

    protected override IEnumerable<TreeEnsemble> Corrections(FitRecord record, int setting, int margins)
    {
        double[] leaves = record[$"{setting}/leaves"];
        int next = 0;
        foreach (var trees in SourceTrees)
        {
            int start = next;
            next += trees.Weights.Length;
            yield return trees with
            {
                Weights = [.. trees.Weights.Select((weight, i) => weight with { Weight = (float)leaves[start + i] })],
                BaseValues = [],
                IsAverage = false,
            };
        }
    }
}
