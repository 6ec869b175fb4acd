using System.Collections.Immutable;
using MedTune.Data.Genes;
using MedTune.Evaluation;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>The model that some samples led to: several candidates in a weighted mean, and a threshold.</summary>
/// <param name="Members">Every candidate, also those that do not count.</param>
/// <param name="Calibration">Of the mean's margins: a mean of honest models is too careful.</param>
/// <param name="Threshold">From where on the positive of two classes is answered; NaN for several.</param>
internal sealed record GeneChoice(ImmutableArray<GeneMember> Members, MarginCalibration Calibration, double Threshold)
{
    private const int FewSamples = 200;
    private const double MostFactor = 5;

    // A model that says nothing is not to be made to say something.
    private const double LeastSpread = 0.01;

    /// <summary>Chooses by margins that the candidates' inner folds gave for samples they had not seen.</summary>
    /// <param name="plan">The rule of the threshold.</param>
    /// <param name="task">The samples.</param>
    /// <param name="fits">The candidates by name, the safest first.</param>
    public static GeneChoice Of(Plan plan, GeneFitTask task, IReadOnlyList<(string Name, GeneFit Fit)> fits)
    {
        int[] classes = Array.ConvertAll(task.Rows, row => task.Data.Classes[row]);
        int[] folds = Array.ConvertAll(task.Rows, row => task.Inner.FoldOfRow[row]);

        // With few samples in a table a correction of each member is mostly luck, another one in each fold, and so is a weight that makes much of small differences.
        bool isTable = task.Data.Input != GeneForm.Sequence;
        var found = isTable && classes.Length < FewSamples
            ? OfOneSpread([.. fits.Select(each => each.Fit.OutOfFold)], classes)
            : [.. fits.Select(each => MarginCalibration.Choose(each.Fit.OutOfFold, classes, folds))];
        float[][] margins = [.. fits.Zip(found, (each, own) => own.Calibration.Apply(each.Fit.OutOfFold))];
        double[] weights = fits.Count == 1 ? [1] : StackWeights.PosteriorMean(margins, classes, 0, isTable ? SettingShares.Temper : 1);
        float[] joined = StackWeights.Combine(margins, weights);
        var calibration = weights.Count(weight => weight > 0) > 1 ? MarginCalibration.Choose(joined, classes, folds).Calibration : MarginCalibration.None;
        joined = calibration.Apply(joined);
        double threshold = task.Data.Margins > 1
            ? double.NaN
            : ThresholdRule.Parse(plan.Threshold).Choose(Array.ConvertAll(ClassProbabilities.Of(joined, 2), own => (double)own[1]), classes).Threshold;
        return new GeneChoice([.. fits.Select((each, i) => new GeneMember(each.Name, each.Fit, found[i].Calibration, weights[i], found[i].Losses.Average()))], calibration, threshold);
    }

    /// <summary>Factors that bring margins of several models to one spread, whatever the labels: a mean would otherwise be that of the boldest.</summary>
    private static (MarginCalibration Calibration, double[] Losses)[] OfOneSpread(float[][] margins, int[] classes)
    {
        double[] spreads = Array.ConvertAll(margins, own => Spread(own, own.Length / classes.Length));
        double common = DoubleMath.Exp(spreads.Average(DoubleMath.Log));
        return [.. margins.Zip(spreads, (own, spread) =>
        {
            var calibration = margins.Length == 1 ? MarginCalibration.None : new MarginCalibration("one spread", Math.Clamp(common / spread, 1 / MostFactor, MostFactor), 0);
            float[] scaled = calibration.Apply(own);
            int width = scaled.Length / classes.Length;
            return (calibration, (double[])[.. classes.Select((label, i) => PointwiseLoss.Of(scaled.AsSpan(i * width, width), label))]);
        })];
    }

    /// <summary>The standard deviation of one margin over samples, or of several around each sample's mean.</summary>
    private static double Spread(float[] margins, int width)
    {
        double squares = 0, mean = margins.Average(margin => (double)margin);
        for (int start = 0; start < margins.Length; start += width)
        {
            var own = margins.AsSpan(start, width);
            double centre = mean;
            if (width > 1)
            {
                centre = 0;
                foreach (float margin in own)
                {
                    centre += margin / (double)width;
                }
            }

            foreach (float margin in own)
            {
                squares += (margin - centre) * (margin - centre);
            }
        }

        return Math.Max(LeastSpread, Math.Sqrt(squares / margins.Length));
    }

    /// <summary>The model's margins from the calibrated ones of its members.</summary>
    public float[] Combine(IReadOnlyList<float[]> margins) => Calibration.Apply(StackWeights.Combine(margins, [.. Members.Select(member => member.Weight)]));
}
