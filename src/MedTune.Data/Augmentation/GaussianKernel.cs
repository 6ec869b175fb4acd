using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>Blurs fields of numbers with a normal distribution, rows first and then columns; the border is repeated.</summary>
internal static class GaussianKernel
{
    /// <summary>Blurs in place.</summary>
    /// <param name="values">[height, width, channels].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Numbers of a place.</param>
    /// <param name="deviation">Standard deviation in pixels; 0 changes nothing.</param>
    public static void Blur(float[] values, int width, int height, int channels, double deviation)
    {
        if (deviation <= 0)
        {
            return;
        }

        double[] weights = Weights(deviation);
        float[] between = new float[values.Length];
        Pass(values, between, width, channels, height, width * channels, channels, weights);
        Pass(between, values, height, width * channels, width, channels, channels, weights);
    }

    private static double[] Weights(double deviation)
    {
        int reach = Math.Max(1, (int)Math.Ceiling(3 * deviation));
        double[] weights = new double[(2 * reach) + 1];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double distance = (i - reach) / deviation;
            sum += weights[i] = DoubleMath.Exp(-0.5 * distance * distance);
        }

        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>Blurs <paramref name="lines"/> lines of <paramref name="length"/> places.</summary>
    private static void Pass(float[] from, float[] to, int length, int step, int lines, int lineStep, int channels, double[] weights)
    {
        int reach = weights.Length / 2;
        for (int line = 0; line < lines; line++)
        {
            for (int place = 0; place < length; place++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    int start = (line * lineStep) + channel;
                    double sum = 0;
                    for (int i = 0; i < weights.Length; i++)
                    {
                        sum += weights[i] * from[start + (Math.Clamp(place + i - reach, 0, length - 1) * step)];
                    }

                    to[start + (place * step)] = (float)sum;
                }
            }
        }
    }
}
