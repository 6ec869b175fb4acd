using MedTune.Tensors;

namespace MedTune.Tests.Training.Sampling;

/// <summary>Samples of known classes in a plane, some with a wrong label, and the probabilities of a good model that did not see the labels.</summary>
internal sealed record FlippedSamples(float[] Features, int[] Truth, int[] Labels, bool[] IsFlipped, double[] Probabilities)
{
    public static FlippedSamples Make(int count, int classes, double share, ulong seed)
    {
        var random = new Philox(seed, RandomPurpose.Search, 77);
        var made = new FlippedSamples(new float[count * 2], new int[count], new int[count], new bool[count], new double[count * classes]);
        for (int i = 0; i < count; i++)
        {
            ulong at = (ulong)i * 8;
            int truth = made.Truth[i] = i % classes;
            double angle = 2 * Math.PI * truth / classes;
            made.Features[2 * i] = (float)(3 * DoubleMath.Cos(angle) + random.Normal(at));
            made.Features[(2 * i) + 1] = (float)(3 * DoubleMath.Sin(angle) + random.Normal(at + 1));
            made.IsFlipped[i] = random.UniformDouble(at + 4) < share;
            made.Labels[i] = made.IsFlipped[i] ? (truth + 1 + random.Below(classes - 1, at + 5)) % classes : truth;
            double sum = 0;
            for (int other = 0; other < classes; other++)
            {
                double direction = 2 * Math.PI * other / classes;
                sum += made.Probabilities[(i * classes) + other] =
                    DoubleMath.Exp(1.5 * ((made.Features[2 * i] * DoubleMath.Cos(direction)) + (made.Features[(2 * i) + 1] * DoubleMath.Sin(direction))));
            }

            for (int other = 0; other < classes; other++)
            {
                made.Probabilities[(i * classes) + other] /= sum;
            }
        }

        return made;
    }
}
