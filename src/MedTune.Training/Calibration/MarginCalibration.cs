using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>A correction of margins, <c>slope * margin + intercept</c>, that makes the probabilities honest.</summary>
/// <remarks>
/// Two classes: Platt scaling (Platt, 1999) with his smoothed targets, which keeps the slope finite when the classes separate.
/// Several classes: temperature scaling (Guo et al., ICML 2017), the slope being one over the temperature and the intercept 0.
/// </remarks>
/// <param name="Name"><c>none</c>, <c>platt</c> or <c>temperature</c>.</param>
/// <param name="Slope">Greater than 0.</param>
/// <param name="Intercept">Added on the log-odds scale; 0 for several classes.</param>
public sealed record MarginCalibration(string Name, double Slope, double Intercept)
{
    /// <summary>Leaves margins as they are.</summary>
    public static MarginCalibration None { get; } = new("none", 1, 0);

    /// <summary>Fits the correction to margins that the model gave for samples it had not seen.</summary>
    /// <param name="margins">One per sample for two classes, K per sample otherwise.</param>
    /// <param name="classes">Class index of each sample.</param>
    public static MarginCalibration Fit(ReadOnlySpan<float> margins, ReadOnlySpan<int> classes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(classes.Length, nameof(classes));
        return margins.Length == classes.Length ? Platt(margins.ToArray(), classes) : Temperature(margins.ToArray(), classes.ToArray());
    }

    /// <summary>
    /// The correction to use: the fitted one where it lowers the log-loss of samples it was not fitted to by more than one standard
    /// error, and none otherwise, since a correction without need only adds noise.
    /// </summary>
    /// <param name="margins">Margins of samples the model had not seen.</param>
    /// <param name="classes">Class index of each sample.</param>
    /// <param name="folds">Fold of each sample; a fold is judged by a correction fitted to the others.</param>
    /// <returns>The correction, and each sample's loss under the decision taken.</returns>
    public static (MarginCalibration Calibration, double[] Losses) Choose(
        ReadOnlySpan<float> margins, ReadOnlySpan<int> classes, ReadOnlySpan<int> folds)
    {
        int width = margins.Length / Math.Max(1, classes.Length);
        var plain = new double[classes.Length];
        var corrected = new double[classes.Length];
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = PointwiseLoss.Of(margins.Slice(i * width, width), classes[i]);
            corrected[i] = plain[i];
        }

        foreach (int fold in folds.ToArray().Distinct())
        {
            int[] others = Outside(folds, fold);
            if (others.Length == 0)
            {
                return (None, plain);
            }

            var calibration = Fit(Take(margins, others, width), TakeClasses(classes, others));
            for (int i = 0; i < folds.Length; i++)
            {
                if (folds[i] == fold)
                {
                    corrected[i] = PointwiseLoss.Of(calibration.Apply(margins.Slice(i * width, width)), classes[i]);
                }
            }
        }

        var (gain, error) = PairedDifference.Of(plain, corrected);
        return gain > error ? (Fit(margins, classes), corrected) : (None, plain);
    }

    /// <summary>The corrected margins, in float as the exported graph computes them.</summary>
    public float[] Apply(ReadOnlySpan<float> margins)
    {
        var corrected = margins.ToArray();
        if (this != None)
        {
            for (int i = 0; i < corrected.Length; i++)
            {
                corrected[i] = (corrected[i] * (float)Slope) + (float)Intercept;
            }
        }

        return corrected;
    }

    private static MarginCalibration Platt(float[] margins, ReadOnlySpan<int> classes)
    {
        int positives = 0;
        foreach (int c in classes)
        {
            positives += c;
        }

        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (classes.Length - positives + 2.0);
        double[] targets = Array.ConvertAll(classes.ToArray(), c => c == 1 ? high : low);
        double[] parameters = [1, 0];
        Lbfgs.Minimize(
            (values, gradient) =>
            {
                double loss = 0;
                gradient.Clear();
                for (int i = 0; i < margins.Length; i++)
                {
                    double z = (values[0] * margins[i]) + values[1];
                    double residual = DoubleMath.Sigmoid(z) - targets[i];
                    loss += DoubleMath.Softplus(z) - (targets[i] * z);
                    gradient[0] += residual * margins[i];
                    gradient[1] += residual;
                }

                gradient[0] /= margins.Length;
                gradient[1] /= margins.Length;
                return loss / margins.Length;
            },
            parameters);

        // A slope of zero or less would turn the order of patients around: then only the intercept can be trusted.
        return parameters[0] > 0.05 ? new MarginCalibration("platt", parameters[0], parameters[1]) : None;
    }

    private static MarginCalibration Temperature(float[] margins, int[] classes)
    {
        int width = margins.Length / classes.Length;
        double[] parameters = [0];

        // Where every sample is answered rightly the likelihood rises with the slope for ever; then, as in Platt's targets, a class a sample is not of has a little chance too.
        bool isSeparated = Enumerable.Range(0, classes.Length).All(i => IsRight(margins.AsSpan(i * width, width), classes[i]));
        double other = isSeparated ? 1.0 / (classes.Length + 2) / (width - 1) : 0;
        Lbfgs.Minimize(
            (values, gradient) =>
            {
                double slope = DoubleMath.Exp(values[0]);
                double loss = 0;
                gradient.Clear();
                for (int i = 0; i < classes.Length; i++)
                {
                    loss += TemperatureTerm(margins.AsSpan(i * width, width), classes[i], other, slope, ref gradient[0]);
                }

                gradient[0] /= classes.Length;
                return loss / classes.Length;
            },
            parameters);
        return new MarginCalibration("temperature", DoubleMath.Exp(parameters[0]), 0);
    }

    /// <summary>One sample's loss at a slope, and its derivative by the logarithm of the slope.</summary>
    private static double TemperatureTerm(ReadOnlySpan<float> z, int target, double other, double slope, ref double gradient)
    {
        double largest = z[0];
        foreach (float margin in z)
        {
            largest = Math.Max(largest, margin);
        }

        double sum = 0;
        double weighted = 0;
        foreach (float margin in z)
        {
            double e = DoubleMath.Exp(slope * (margin - largest));
            sum += e;
            weighted += e * margin;
        }

        double wanted = z[target];
        if (other > 0)
        {
            double all = 0;
            foreach (float margin in z)
            {
                all += margin;
            }

            wanted = ((1 - (other * (z.Length - 1))) * z[target]) + (other * (all - z[target]));
        }

        gradient += slope * ((weighted / sum) - wanted);
        return (slope * (largest - wanted)) + DoubleMath.Log(sum);
    }

    private static bool IsRight(ReadOnlySpan<float> margins, int own)
    {
        for (int k = 0; k < margins.Length; k++)
        {
            if (k != own && margins[k] >= margins[own])
            {
                return false;
            }
        }

        return true;
    }

    private static int[] Outside(ReadOnlySpan<int> folds, int fold)
    {
        var others = new List<int>();
        for (int i = 0; i < folds.Length; i++)
        {
            if (folds[i] != fold)
            {
                others.Add(i);
            }
        }

        return [.. others];
    }

    private static float[] Take(ReadOnlySpan<float> margins, int[] rows, int width)
    {
        var taken = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            margins.Slice(rows[i] * width, width).CopyTo(taken.AsSpan(i * width));
        }

        return taken;
    }

    private static int[] TakeClasses(ReadOnlySpan<int> classes, int[] rows)
    {
        var taken = new int[rows.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = classes[rows[i]];
        }

        return taken;
    }
}
