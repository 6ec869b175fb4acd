using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>Loses what JPEG loses: blocks of 8 x 8 samples are rounded in the frequency domain by the table of ITU-T T.81, annex K, each channel by itself.</summary>
public sealed class JpegLoss : PictureAugmentation
{
    private const int Side = 8;
    private const double WorstQuality = 10;

    /// <inheritdoc/>
    public override string Name => "jpeg";

    /// <inheritdoc/>
    public override string Description => "losses of JPEG down to quality 10";

    private static ReadOnlySpan<byte> Luminance =>
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static double[] Waves { get; } = Cosines();

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        To(picture, 100 - (draw.Uniform(FirstElement) * strength * (100 - WorstQuality)));
    }

    /// <summary>Loses what a quality loses.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="quality">1 to 100; from 99.5 on nothing changes.</param>
    internal static void To(TrainingPicture picture, double quality)
    {
        if (quality >= 99.5)
        {
            return;
        }

        double scale = quality < 50 ? 50 / quality : 2 - (quality / 50);
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            for (int top = 0; top < picture.Height; top += Side)
            {
                for (int left = 0; left < picture.Width; left += Side)
                {
                    Round(picture, left, top, channel, scale);
                }
            }
        }
    }

    private static void Round(TrainingPicture picture, int left, int top, int channel, double scale)
    {
        Span<double> block = stackalloc double[Side * Side], frequencies = stackalloc double[Side * Side];
        for (int i = 0; i < block.Length; i++)
        {
            // Blocks over the border go on with the last sample, as encoders do.
            int pixel = (Math.Min(top + (i / Side), picture.Height - 1) * picture.Width) + Math.Min(left + (i % Side), picture.Width - 1);
            block[i] = (picture.Samples[(pixel * picture.Channels) + channel] * 255) - 128;
        }

        Transform(block, frequencies, isInverse: false);
        for (int i = 0; i < frequencies.Length; i++)
        {
            double step = Math.Max(1, Math.Floor((Luminance[i] * scale) + 0.5));
            frequencies[i] = step * Math.Floor((frequencies[i] / step) + 0.5);
        }

        Transform(frequencies, block, isInverse: true);
        for (int i = 0; i < block.Length; i++)
        {
            (int x, int y) = (left + (i % Side), top + (i / Side));
            if (x < picture.Width && y < picture.Height)
            {
                picture.Samples[(((y * picture.Width) + x) * picture.Channels) + channel] = TrainingPicture.Bounded((Math.Floor(block[i] + 128.5)) / 255);
            }
        }
    }

    /// <summary>The two-dimensional cosine transform of 8 x 8 samples, columns after rows.</summary>
    private static void Transform(ReadOnlySpan<double> from, Span<double> to, bool isInverse)
    {
        Span<double> rows = stackalloc double[Side * Side];
        for (int i = 0; i < rows.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < Side; k++)
            {
                sum += from[(i / Side * Side) + k] * (isInverse ? Waves[(k * Side) + (i % Side)] : Waves[(i % Side * Side) + k]);
            }

            rows[i] = sum;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < Side; k++)
            {
                sum += rows[(k * Side) + (i % Side)] * (isInverse ? Waves[(k * Side) + (i / Side)] : Waves[(i / Side * Side) + k]);
            }

            to[i] = sum;
        }
    }

    private static double[] Cosines()
    {
        double[] waves = new double[Side * Side];
        for (int i = 0; i < waves.Length; i++)
        {
            (int frequency, int place) = (i / Side, i % Side);
            waves[i] = (frequency == 0 ? Math.Sqrt(0.125) : 0.5) * DoubleMath.Cos(((2 * place) + 1) * frequency * Math.PI / 16);
        }

        return waves;
    }
}
