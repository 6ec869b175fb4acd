using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>Separates samples that are hard because they are mislabelled, ambiguous or rare.</summary>
/// <remarks>
/// Three views of a sample are ranked and averaged into a suspicion: the out-of-fold probability of its label (<see cref="ConfidentLearning"/>), its margin over training
/// (<see cref="TrainingDynamics"/>), and its neighbours' labels (<see cref="NeighbourAgreement"/>); a view that is not there is left out. As many samples as confident learning
/// estimates to be wrong, those with the highest suspicion that the model takes for another class, are mislabelled. Of the others, those far from all samples are rare, and those whose
/// probability wavers or lies near the boundary are ambiguous.
/// </remarks>
public static class HardExampleTriage
{
    private const double NearBoundary = 0.3;
    private const double FarShare = 0.05;
    private const double Wavering = 0.25;

    /// <summary>The triage of every sample, by its number.</summary>
    /// <param name="labels">What out-of-fold predictions say about the labels.</param>
    /// <param name="classes">The class of each sample.</param>
    /// <param name="dynamics">Margins over training, or null.</param>
    /// <param name="neighbours">Neighbours, or null.</param>
    /// <exception cref="ArgumentException">The views speak of different numbers of samples.</exception>
    public static ImmutableArray<HardExample> Of(
        ConfidentLearning labels, ReadOnlySpan<int> classes, TrainingDynamics? dynamics = null, IReadOnlyList<NeighbourAgreement>? neighbours = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int count = classes.Length;
        if (labels.Quality.Length != count || (dynamics is not null && dynamics.Count != count) || (neighbours is not null && neighbours.Count != count))
        {
            throw new ArgumentException("The views of the samples have different lengths.", nameof(classes));
        }

        double[] suspicion = Suspicion(labels, dynamics, neighbours);
        bool[] isWrong = Wrong(labels, classes, suspicion);
        double far = neighbours is null ? double.PositiveInfinity : Quantile([.. neighbours.Select(view => view.Distance)], 1 - FarShare);
        var triage = ImmutableArray.CreateBuilder<HardExample>(count);
        for (int i = 0; i < count; i++)
        {
            bool isHard = labels.Quality[i] < NearBoundary || dynamics?.Of(i).Variability > Wavering;
            var kind = isWrong[i] ? HardExampleKind.Mislabelled
                : !isHard ? HardExampleKind.Easy
                : neighbours?[i].Distance > far ? HardExampleKind.Rare
                : HardExampleKind.Ambiguous;
            triage.Add(new HardExample(i, kind, suspicion[i], labels.Believed[i]));
        }

        return triage.MoveToImmutable();
    }

    /// <summary>The samples that a person should read again, the most suspicious first.</summary>
    /// <param name="triage">The triage of all samples.</param>
    /// <param name="most">How many at most.</param>
    public static ImmutableArray<HardExample> ReReadList(ImmutableArray<HardExample> triage, int most) =>
        [.. triage.OrderByDescending(example => example.Suspicion).ThenBy(example => example.Sample).Take(most)];

    private static double[] Suspicion(ConfidentLearning labels, TrainingDynamics? dynamics, IReadOnlyList<NeighbourAgreement>? neighbours)
    {
        var views = new List<double[]> { Ranks([.. labels.Quality]) };
        if (dynamics is not null)
        {
            views.Add(Ranks([.. Enumerable.Range(0, dynamics.Count).Select(i => dynamics.Of(i).AreaUnderMargin)]));
        }

        if (neighbours is not null)
        {
            views.Add(Ranks([.. neighbours.Select(view => view.Agreement)]));
        }

        double[] suspicion = new double[labels.Quality.Length];
        for (int i = 0; i < suspicion.Length; i++)
        {
            suspicion[i] = 1 - (views.Sum(view => view[i]) / views.Count);
        }

        return suspicion;
    }

    /// <summary>Mean ranks from 0 (smallest) to 1; equal values share theirs.</summary>
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ThenBy(i => i)];
        double[] ranks = new double[values.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            while (end + 1 < order.Length && values[order[end + 1]] == values[order[start]])
            {
                end++;
            }

            for (int i = start; i <= end; i++)
            {
                ranks[order[i]] = (start + end) / 2.0 / Math.Max(1, order.Length - 1);
            }

            start = end + 1;
        }

        return ranks;
    }

    /// <summary>As many as are estimated to be wrong, the most suspicious of those whom the model takes for another class.</summary>
    private static bool[] Wrong(ConfidentLearning labels, ReadOnlySpan<int> classes, double[] suspicion)
    {
        int estimated = (int)Math.Round(labels.NoiseRate * classes.Length);
        int[] own = classes.ToArray();
        bool[] isWrong = new bool[own.Length];
        foreach (int sample in Enumerable.Range(0, own.Length).Where(i => labels.Believed[i] != own[i]).OrderByDescending(i => suspicion[i]).ThenBy(i => i).Take(estimated))
        {
            isWrong[sample] = true;
        }

        return isWrong;
    }

    private static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values[(int)Math.Min(values.Length - 1, Math.Floor(share * values.Length))];
    }
}
