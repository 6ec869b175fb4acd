namespace MedTune.Data.Genes;

/// <summary>The area under the ROC curve of one number, by ranks; ties count a half.</summary>
internal static class RankAuroc
{
    /// <summary>The area for two classes, folded to 0.5 and above; for more the mean of each class against the others.</summary>
    public static double Mean(double[] values, int[] labels, int classes)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        double sum = 0;
        int first = classes == 2 ? 1 : 0;
        for (int category = first; category < classes; category++)
        {
            double area = Area(values, labels, order, category);
            sum += Math.Max(area, 1 - area);
        }

        return sum / (classes - first);
    }

    private static double Area(double[] values, int[] labels, int[] order, int category)
    {
        (double ranks, long positives) = (0, 0);
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            long members = 0;
            while (end < order.Length && values[order[end]] == values[order[start]])
            {
                members += labels[order[end++]] == category ? 1 : 0;
            }

            ranks += members * (start + end + 1) / 2.0; // the mean rank of a tie, from 1
            positives += members;
            start = end;
        }

        long others = order.Length - positives;
        return positives == 0 || others == 0 ? 0.5 : (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * others);
    }
}
