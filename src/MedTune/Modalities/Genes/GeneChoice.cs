using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>The model that some samples led to: several candidates in a weighted mean, and a threshold.</summary>
/// <param name="Members">Every candidate, also those that do not count.</param>
/// <param name="Calibration">Of the mean's margins: a mean of honest models is too careful.</param>
/// <param name="Threshold">From where on the positive of two classes is answered; NaN for several.</param>
internal sealed record GeneChoice(ImmutableArray<GeneMember> Members, MarginCalibration Calibration, double Threshold)
{
    /// <summary>Chooses by margins that the candidates' inner folds gave for samples they had not seen.</summary>
    /// <param name="plan">The rule of the threshold.</param>
    /// <param name="task">The samples.</param>
    /// <param name="fits">The candidates by name, the safest first.</param>
    public static GeneChoice Of(Plan plan, GeneFitTask task, IReadOnlyList<(string Name, GeneFit Fit)> fits)
    {
        int[] classes = Array.ConvertAll(task.Rows, row => task.Data.Classes[row]);
        int[] folds = Array.ConvertAll(task.Rows, row => task.Inner.FoldOfRow[row]);
        var found = fits.Select(each => MarginCalibration.Choose(each.Fit.OutOfFold, classes, folds)).ToArray();
        float[][] margins = [.. fits.Zip(found, (each, own) => own.Calibration.Apply(each.Fit.OutOfFold))];
        double[] weights = fits.Count == 1 ? [1] : StackWeights.PosteriorMean(margins, classes, 0);
        float[] joined = StackWeights.Combine(margins, weights);
        var calibration = weights.Count(weight => weight > 0) > 1 ? MarginCalibration.Choose(joined, classes, folds).Calibration : MarginCalibration.None;
        joined = calibration.Apply(joined);
        double threshold = task.Data.Margins > 1
            ? double.NaN
            : ThresholdRule.Parse(plan.Threshold).Choose(Array.ConvertAll(ClassProbabilities.Of(joined, 2), own => (double)own[1]), classes).Threshold;
        return new GeneChoice([.. fits.Select((each, i) => new GeneMember(each.Name, each.Fit, found[i].Calibration, weights[i], found[i].Losses.Average()))], calibration, threshold);
    }

    /// <summary>The model's margins from the calibrated ones of its members.</summary>
    public float[] Combine(IReadOnlyList<float[]> margins) => Calibration.Apply(StackWeights.Combine(margins, [.. Members.Select(member => member.Weight)]));
}
