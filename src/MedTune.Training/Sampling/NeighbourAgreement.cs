using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>What the nearest other samples say about a sample: how many have its label, and how far away they are.</summary>
/// <param name="Agreement">Share of the nearest samples with the same label, nearer ones counting more; 0 to 1.</param>
/// <param name="Distance">Mean distance to them: 1 minus the cosine of the angle between features, 0 to 2.</param>
public sealed record NeighbourAgreement(double Agreement, double Distance)
{
    private const int Together = 256;

    /// <summary>Looks at the neighbours of every sample.</summary>
    /// <param name="features">Features of each sample, sample after sample; a sample is compared by direction.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="neighbours">How many are asked, at least 1; fewer where there are not as many.</param>
    /// <param name="groups">Samples of one group (a patient) are never asked about each other; null where every sample stands alone.</param>
    /// <param name="pool">The threads; by default only the caller's. They change no result.</param>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public static ImmutableArray<NeighbourAgreement> Of(
        ReadOnlySpan<float> features, ReadOnlySpan<int> labels, int neighbours, int[]? groups = null, TaskPool? pool = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        if (labels.IsEmpty || features.Length % labels.Length != 0 || features.IsEmpty || (groups is not null && groups.Length != labels.Length))
        {
            throw new ArgumentException($"{labels.Length} samples do not have {features.Length} features.", nameof(features));
        }

        var search = new Search(Directions(features, labels.Length), labels.ToArray(), groups ?? [.. Enumerable.Range(0, labels.Length)], neighbours);
        (pool ?? TaskPool.Sequential).Run((labels.Length + Together - 1) / Together, search, static (search, part) => search.Find(part));
        return [.. search.Found];
    }

    private static float[] Directions(ReadOnlySpan<float> features, int samples)
    {
        int width = features.Length / samples;
        float[] directions = features.ToArray();
        for (int i = 0; i < samples; i++)
        {
            var row = directions.AsSpan(i * width, width);
            double square = 0;
            foreach (float value in row)
            {
                square += (double)value * value;
            }

            float scale = square > 0 && double.IsFinite(square) ? (float)(1 / Math.Sqrt(square)) : 0;
            foreach (ref float value in row)
            {
                value *= scale;
            }
        }

        return directions;
    }

    private sealed class Search(float[] directions, int[] labels, int[] groups, int neighbours)
    {
        private readonly int _width = directions.Length / labels.Length;

        public NeighbourAgreement[] Found { get; } = new NeighbourAgreement[labels.Length];

        public void Find(int part)
        {
            double[] cosines = new double[labels.Length];
            int[] order = new int[labels.Length];
            for (int sample = part * Together; sample < Math.Min((part + 1) * Together, labels.Length); sample++)
            {
                int count = 0;
                var own = directions.AsSpan(sample * _width, _width);
                for (int other = 0; other < labels.Length; other++)
                {
                    if (groups[other] != groups[sample])
                    {
                        cosines[other] = Reductions.Dot(own, directions.AsSpan(other * _width, _width));
                        order[count++] = other;
                    }
                }

                Found[sample] = Summed(sample, cosines, order.AsSpan(0, count));
            }
        }

        private NeighbourAgreement Summed(int sample, double[] cosines, Span<int> others)
        {
            others.Sort((one, other) => cosines[one] != cosines[other] ? cosines[other].CompareTo(cosines[one]) : one.CompareTo(other));
            int asked = Math.Min(neighbours, others.Length);
            (double same, double all, double distance) = (0, 0, 0);
            for (int i = 0; i < asked; i++)
            {
                double weight = 1.0 / (i + 1);
                same += labels[others[i]] == labels[sample] ? weight : 0;
                all += weight;
                distance += 1 - cosines[others[i]];
            }

            return asked == 0 ? new NeighbourAgreement(1, 0) : new NeighbourAgreement(same / all, distance / asked);
        }
    }
}
