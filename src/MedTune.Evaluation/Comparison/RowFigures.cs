using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>What a several-class model earns on each row.</summary>
internal sealed record RowFigures(double[] Loss, double[] SquaredError, double[] Hit)
{
    /// <summary>-log of a probability kept above the clip.</summary>
    public static double LossOf(double probability) => -DoubleMath.Log(Math.Max(probability, BinarySample.Clip));

    public static RowFigures Of(MulticlassPredictions predictions)
    {
        int classes = predictions.ClassNames.Length;
        RowFigures figures = new(new double[predictions.Count], new double[predictions.Count], new double[predictions.Count]);
        for (int row = 0; row < predictions.Count; row++)
        {
            ReadOnlySpan<double> probabilities = predictions.Probabilities.AsSpan(row * classes, classes);
            int target = predictions.Targets[row];
            figures.Loss[row] = LossOf(probabilities[target]);
            int best = 0;
            for (int k = 0; k < classes; k++)
            {
                double difference = probabilities[k] - (k == target ? 1 : 0);
                figures.SquaredError[row] += difference * difference;
                best = probabilities[k] > probabilities[best] ? k : best;
            }
            figures.Hit[row] = best == target ? 1 : 0;
        }
        return figures;
    }
}
