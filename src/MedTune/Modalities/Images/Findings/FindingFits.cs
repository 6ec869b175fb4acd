using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Evaluation;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>The part of fits that differs where a picture has several findings: each has its own penalty, calibration and threshold.</summary>
/// <param name="plan">What to do.</param>
/// <param name="data">All pictures.</param>
/// <param name="pool">Threads; their number changes no bit.</param>
/// <param name="most">How many pictures a head learns from at most; null for all.</param>
/// <param name="progress">Told how far a fit is.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class FindingFits(Plan plan, ImageData data, TaskPool pool, int? most, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    private int Findings => data.ClassNames.Length;

    /// <summary>A linear head for each finding on frozen features.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="features">What it sees in every picture.</param>
    /// <param name="trained">Pictures to learn from.</param>
    /// <param name="checked">Pictures to compare the kinds on; the heads learn from them too, by folds.</param>
    /// <param name="stream">Which of the fits it is.</param>
    public ImageFit Frozen(ImageBackbone backbone, ImageFeatureSet features, int[] trained, int[] @checked, ulong stream)
    {
        int[] rows = [.. trained.Concat(@checked).Order()];
        var choices = HeadsOf(features, rows, stream);
        ImmutableArray<FindingDecision> decisions = [.. choices.Select((choice, finding) => new FindingDecision(choice.Calibration, Threshold(choice.OutOfFold, Labels(rows, finding), rows, finding)))];
        var places = @checked.ToHashSet();
        double[] penalties = [.. choices.Select(choice => choice.Penalty)];
        return new ImageFit(
            Plan.FrozenModel,
            penalties.Min() == penalties.Max() ? Invariant($"penalty {penalties[0]}") : Invariant($"penalties from {penalties.Min()} to {penalties.Max()}, one for each finding"),
            backbone,
            LinearMargins.Joined([.. choices.Select(choice => choice.Margins)]),
            MarginCalibration.None,
            double.NaN,
            [.. Enumerable.Range(0, rows.Length).Where(i => places.Contains(rows[i])).Select(i => Loss(finding => choices[finding].OutOfFold[i], rows[i]))])
        {
            Findings = decisions,
            OutOfFold = [.. Enumerable.Range(0, rows.Length * Findings).Select(cell => choices[cell % Findings].OutOfFold[cell / Findings])],
            Losses = [.. choices[0].Losses.Select((loss, setting) => KeyValuePair.Create(loss.Key, choices.Average(choice => choice.Losses[setting].Value)))],
        };
    }

    /// <summary>The head that fine-tuning begins with, which knows nothing of the pictures to check on.</summary>
    public LinearMargins Start(ImageFeatureSet features, int[] trained, ulong stream) => LinearMargins.Joined([.. HeadsOf(features, trained, stream).Select(choice => choice.Margins)]);

    /// <summary>A fine-tuned network with a calibration and a threshold for each finding.</summary>
    /// <param name="tuned">The network.</param>
    /// <param name="margins">What it says of the pictures to check on.</param>
    /// <param name="trained">Pictures that it learned from.</param>
    /// <param name="checked">Pictures to check on.</param>
    /// <param name="stream">Which of the fits it is.</param>
    public ImageFit FineTuned(TunedNetwork tuned, float[] margins, int[] trained, int[] @checked, ulong stream)
    {
        var folds = Splits.KFold(Array.ConvertAll(@checked, row => data.Classes[row]), Array.ConvertAll(@checked, row => data.Groups[row]), 2, plan.Seed + stream);
        var decisions = ImmutableArray.CreateBuilder<FindingDecision>(Findings);
        var losses = new double[@checked.Length];
        for (int finding = 0; finding < Findings; finding++)
        {
            float[] own = [.. Enumerable.Range(0, @checked.Length).Select(i => margins[(i * Findings) + finding])];
            int[] labels = Labels(@checked, finding);
            var (calibration, found) = labels.Distinct().Count() == 2 ? MarginCalibration.Choose(own, labels, folds.FoldOfRow) : (MarginCalibration.None, [.. own.Select((margin, i) => PointwiseLoss.Of([margin], labels[i]))]);
            decisions.Add(new FindingDecision(calibration, Threshold(calibration.Apply(own), labels, trained, finding)));
            for (int i = 0; i < losses.Length; i++)
            {
                losses[i] += found[i] / Findings;
            }
        }

        return new ImageFit(
            Plan.FineTunedModel, Invariant($"best of {tuned.Epochs} epochs: {tuned.BestEpoch}"), tuned.Backbone, tuned.Head, MarginCalibration.None, double.NaN, [.. losses])
        {
            Findings = decisions.MoveToImmutable(),
            Epochs = tuned.Epochs,
            Losses = [.. tuned.History.Select(epoch => KeyValuePair.Create(Invariant($"epoch {epoch.Epoch}"), epoch.CheckedLoss))],
        };
    }

    private ImmutableArray<HeadChoice> HeadsOf(ImageFeatureSet features, int[] rows, ulong stream)
    {
        var taken = features.Take(rows);
        int[] groups = Array.ConvertAll(rows, row => data.Groups[row]);
        return [.. Enumerable.Range(0, Findings).Select(finding => HeadOf(taken, rows, finding, groups, stream))];
    }

    private HeadChoice HeadOf(ImageFeatureSet features, int[] rows, int finding, int[] groups, ulong stream)
    {
        int[] labels = Labels(rows, finding);
        return Splits.MostFolds(labels, groups, [.. Enumerable.Range(0, rows.Length)]) >= 2 && labels.Distinct().Count() == 2
            ? HeadChoice.Of(features, labels, 2, groups, plan.Seed + stream, pool, progress, cancellation, most)
            : throw new DataException($"The finding '{data.ClassNames[finding]}' is too rare: a part of the pictures to learn from holds fewer than two patients with it or without it. Leave it out of the labels, or collect more pictures.");
    }

    private int[] Labels(int[] rows, int finding) => Array.ConvertAll(rows, row => data.Labels[row][finding]);

    /// <summary>The mean loss of a picture over its findings.</summary>
    private double Loss(Func<int, float> margin, int row) => Enumerable.Range(0, Findings).Average(finding => PointwiseLoss.Of([margin(finding)], data.Labels[row][finding]));

    /// <summary>By the plan's rule; where no picture at hand has the finding, or all have, the share of those learned from, at which risks that are right have their highest Youden index.</summary>
    private double Threshold(float[] margins, int[] labels, int[] trained, int finding)
    {
        var rule = ThresholdRule.Parse(plan.Threshold);
        return labels.Distinct().Count() == 2 || rule.Kind == ThresholdRuleKind.Fixed
            ? rule.Choose(Array.ConvertAll(ClassProbabilities.Of(margins, 2), own => (double)own[1]), labels).Threshold
            : Labels(trained, finding).Average();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
