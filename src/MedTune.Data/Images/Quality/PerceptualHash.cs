using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Data.Images;

/// <summary>64 bits that stay almost the same when a picture is scaled, compressed or slightly changed in brightness.</summary>
/// <remarks>Signs of the low frequencies of a 32 x 32 thumbnail against their median, without the mean ("pHash"; Zauner, "Implementation and benchmarking of perceptual image
/// hash functions", 2010).</remarks>
internal static class PerceptualHash
{
    /// <summary>Pixels along a side of the thumbnail.</summary>
    public const int Side = 32;

    private const int Kept = 8;
    private static readonly double[] Waves = Cosines();

    /// <summary>The hash of a thumbnail.</summary>
    /// <param name="thumbnail">[32, 32].</param>
    public static ulong Of(ReadOnlySpan<byte> thumbnail)
    {
        Span<double> rows = stackalloc double[Side * Kept];
        for (int y = 0; y < Side; y++)
        {
            for (int u = 0; u < Kept; u++)
            {
                double sum = 0;
                for (int x = 0; x < Side; x++)
                {
                    sum += thumbnail[(y * Side) + x] * Waves[(u * Side) + x];
                }

                rows[(y * Kept) + u] = sum;
            }
        }

        Span<double> frequencies = stackalloc double[Kept * Kept];
        for (int i = 0; i < frequencies.Length; i++)
        {
            double sum = 0;
            for (int y = 0; y < Side; y++)
            {
                sum += rows[(y * Kept) + (i % Kept)] * Waves[(i / Kept * Side) + y];
            }

            frequencies[i] = sum;
        }

        return Signs(frequencies);
    }

    /// <summary>In how many bits two hashes differ.</summary>
    public static int Distance(ulong one, ulong other) => BitOperations.PopCount(one ^ other);

    private static ulong Signs(ReadOnlySpan<double> frequencies)
    {
        Span<double> sorted = stackalloc double[frequencies.Length - 1];
        frequencies[1..].CopyTo(sorted);
        sorted.Sort();
        double median = sorted[sorted.Length / 2];
        ulong hash = 0;
        for (int i = 1; i < frequencies.Length; i++)
        {
            hash |= frequencies[i] > median ? 1UL << i : 0;
        }

        return hash;
    }

    private static double[] Cosines()
    {
        double[] waves = new double[Kept * Side];
        for (int i = 0; i < waves.Length; i++)
        {
            waves[i] = DoubleMath.Cos(Math.PI / Side * ((i % Side) + 0.5) * (i / Side));
        }

        return waves;
    }
}
