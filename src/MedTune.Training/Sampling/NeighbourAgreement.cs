using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>What the nearest other samples say about a sample: how many have its label, and how far away they are.</summary>
/// <param name="Agreement">Share of the nearest samples with the same label, nearer ones counting more; 0 to 1.</param>
/// <param name="Distance">Mean distance to them: 1 minus the cosine of the angle between features, 0 to 2.</param>
public sealed record NeighbourAgreement(double Agreement, double Distance)
{
    private const int Together = 256;

    // As many tell what lies around a sample; with all pairs of many more, minutes would become hours.
    private const int MostAsked = 10_000;

    /// <summary>Looks at the neighbours of every sample.</summary>
    /// <param name="features">Features of each sample, sample after sample; a sample is compared by direction.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="neighbours">How many are asked, at least 1; fewer where there are not as many.</param>
    /// <param name="groups">Samples of one group (a patient) are never asked about each other; null where every sample stands alone.</param>
    /// <param name="pool">The threads; by default only the caller's. They change no result.</param>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public static ImmutableArray<NeighbourAgreement> Of(
        ReadOnlySpan<float> features, ReadOnlySpan<int> labels, int neighbours, int[]? groups = null, TaskPool? pool = null) =>
        OfEach(features, [labels.ToArray()], neighbours, groups, pool)[0];

    /// <summary>Looks at the neighbours of every sample once, and at several labels of them. Of more than 10,000 samples only every second, third ... is asked, so that 10,000 at most are.</summary>
    /// <param name="features">Features of each sample, sample after sample; a sample is compared by direction.</param>
    /// <param name="labels">For each kind of label that of each sample; at least one kind.</param>
    /// <param name="neighbours">How many are asked, at least 1; fewer where there are not as many.</param>
    /// <param name="groups">Samples of one group (a patient) are never asked about each other; null where every sample stands alone.</param>
    /// <param name="pool">The threads; by default only the caller's. They change no result.</param>
    /// <returns>For each kind of label.</returns>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public static ImmutableArray<ImmutableArray<NeighbourAgreement>> OfEach(
        ReadOnlySpan<float> features, ImmutableArray<int[]> labels, int neighbours, int[]? groups = null, TaskPool? pool = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        int samples = labels[0].Length;
        if (samples == 0 || features.Length % samples != 0 || features.IsEmpty || (groups is not null && groups.Length != samples) || labels.Any(kind => kind.Length != samples))
        {
            throw new ArgumentException($"{samples} samples do not have {features.Length} features.", nameof(features));
        }

        var search = new Search(Directions(features, samples), labels, groups ?? [.. Enumerable.Range(0, samples)], neighbours);
        (pool ?? TaskPool.Sequential).Run((samples + Together - 1) / Together, search, static (search, part) => search.Find(part));
        return [.. search.Found.Select(kind => kind.ToImmutableArray())];
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

    private sealed class Search(float[] directions, ImmutableArray<int[]> labels, int[] groups, int neighbours)
    {
        private readonly int _width = directions.Length / groups.Length;
        private readonly int _step = (groups.Length + MostAsked - 1) / MostAsked;

        public NeighbourAgreement[][] Found { get; } = [.. labels.Select(_ => new NeighbourAgreement[groups.Length])];

        public void Find(int part)
        {
            double[] cosines = new double[neighbours];
            int[] nearest = new int[neighbours];
            for (int sample = part * Together; sample < Math.Min((part + 1) * Together, groups.Length); sample++)
            {
                int count = 0;
                var own = directions.AsSpan(sample * _width, _width);
                for (int other = 0; other < groups.Length; other += _step)
                {
                    if (groups[other] != groups[sample])
                    {
                        count = Insert(cosines, nearest, count, Reductions.Dot(own, directions.AsSpan(other * _width, _width)), other);
                    }
                }

                for (int kind = 0; kind < labels.Length; kind++)
                {
                    Found[kind][sample] = Summed(labels[kind], sample, cosines.AsSpan(0, count), nearest);
                }
            }
        }

        /// <summary>Puts a sample among the nearest so far, behind those that are as near.</summary>
        private static int Insert(double[] cosines, int[] nearest, int count, double cosine, int other)
        {
            if (count == nearest.Length && !(cosine > cosines[count - 1]))
            {
                return count;
            }

            int place = count < nearest.Length ? count : count - 1;
            for (; place > 0 && cosine > cosines[place - 1]; place--)
            {
                (cosines[place], nearest[place]) = (cosines[place - 1], nearest[place - 1]);
            }

            (cosines[place], nearest[place]) = (cosine, other);
            return Math.Min(count + 1, nearest.Length);
        }

        private static NeighbourAgreement Summed(int[] labels, int sample, ReadOnlySpan<double> cosines, int[] nearest)
        {
            (double same, double all, double distance) = (0, 0, 0);
            for (int i = 0; i < cosines.Length; i++)
            {
                double weight = 1.0 / (i + 1);
                same += labels[nearest[i]] == labels[sample] ? weight : 0;
                all += weight;
                distance += 1 - cosines[i];
            }

            return cosines.IsEmpty ? new NeighbourAgreement(1, 0) : new NeighbourAgreement(same / all, distance / cosines.Length);
        }
    }
}
