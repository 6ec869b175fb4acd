using MedTune.Modalities.Genes;
using MedTune.Training;

namespace MedTune.GeneBenchmark;

/// <summary>Pooled out-of-fold figures.</summary>
internal sealed record Figures(double Accuracy, double Auroc, double Matthews, double LogLoss)
{
    public static Figures Of(GeneData data, float[] margins)
    {
        int width = data.Margins, rows = data.Rows;
        int[] classes = [.. data.Classes];
        int[] predicted = [.. Enumerable.Range(0, rows).Select(row => width == 1 ? margins[row] > 0 ? 1 : 0 : Largest(margins.AsSpan(row * width, width)))];
        double[] areas = width == 1
            ? [Area(data, margins, 0, 1)]
            : [.. Enumerable.Range(0, width).Select(margin => Area(data, margins, margin, margin))];
        return new Figures(predicted.Zip(classes).Count(pair => pair.First == pair.Second) / (double)rows, areas.Average(), MatthewsOf(predicted, classes, data.ClassNames.Length), PointwiseLoss.Mean(margins, classes));
    }

    private static double Area(GeneData data, float[] margins, int margin, int positive)
    {
        int width = data.Margins;
        double[] scores = [.. Enumerable.Range(0, data.Rows).Select(row => width == 1 ? margins[row] : -PointwiseLoss.Of(margins.AsSpan(row * width, width), margin))];
        return Evaluation.Auroc.Of(scores, [.. data.Classes.Select(own => own == positive ? 1 : 0)]);
    }

    private static int Largest(ReadOnlySpan<float> margins)
    {
        int best = 0;
        for (int k = 1; k < margins.Length; k++)
        {
            best = margins[k] > margins[best] ? k : best;
        }

        return best;
    }

    /// <summary>Gorodkin's coefficient, which for two classes is that of Matthews.</summary>
    private static double MatthewsOf(int[] predicted, int[] classes, int count)
    {
        double n = classes.Length, right = predicted.Zip(classes).Count(pair => pair.First == pair.Second);
        double[] said = [.. Enumerable.Range(0, count).Select(label => (double)predicted.Count(own => own == label))];
        double[] truth = [.. Enumerable.Range(0, count).Select(label => (double)classes.Count(own => own == label))];
        double cross = said.Zip(truth, (a, b) => a * b).Sum();
        double below = Math.Sqrt((n * n) - said.Sum(own => own * own)) * Math.Sqrt((n * n) - truth.Sum(own => own * own));
        return below > 0 ? ((right * n) - cross) / below : 0;
    }
}
