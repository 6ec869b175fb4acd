using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>The negative log-likelihood of one sample from its margins, in double precision.</summary>
public static class PointwiseLoss
{
    /// <summary>The loss in nats.</summary>
    /// <param name="margins">One margin for two classes, one per class for more.</param>
    /// <param name="target">Class index.</param>
    public static double Of(ReadOnlySpan<float> margins, int target)
    {
        if (margins.Length == 1)
        {
            return DoubleMath.Softplus(target == 1 ? -margins[0] : margins[0]);
        }

        double largest = margins[0];
        foreach (float margin in margins)
        {
            largest = Math.Max(largest, margin);
        }

        double sum = 0;
        foreach (float margin in margins)
        {
            sum += DoubleMath.Exp(margin - largest);
        }

        return largest + DoubleMath.Log(sum) - margins[target];
    }

    /// <summary>The mean loss of several samples.</summary>
    /// <param name="margins">One or K per sample, sample after sample.</param>
    /// <param name="classes">Class index of each sample; at least one.</param>
    public static double Mean(ReadOnlySpan<float> margins, ReadOnlySpan<int> classes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(classes.Length, nameof(classes));
        int width = margins.Length / classes.Length;
        var losses = new double[classes.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = Of(margins.Slice(i * width, width), classes[i]);
        }

        return Reductions.Sum(losses) / losses.Length;
    }
}
