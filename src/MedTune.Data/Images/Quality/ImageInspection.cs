using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>A look at every picture of a set: what each is like, which cannot be used, which are there twice.</summary>
/// <param name="Measures">Measures by the sample's number; null where the picture cannot be read.</param>
/// <param name="Refusals">Why a picture cannot be read, by the sample's number.</param>
/// <param name="Twins">Pairs that are the same or almost.</param>
/// <param name="LeftOut">Why a sample is left out, by its number; samples that are used are not in it.</param>
/// <param name="Findings">What was found and what was done about it.</param>
public sealed record ImageInspection(
    ImmutableArray<PictureMeasures?> Measures,
    ImmutableSortedDictionary<int, string> Refusals,
    ImmutableArray<TwinPictures> Twins,
    ImmutableSortedDictionary<int, ImageExclusion> LeftOut,
    ImmutableArray<Finding> Findings)
{
    /// <summary>Series of DICOM files in which one label stands for pictures of different kinds.</summary>
    public ImmutableArray<MixedSeries> MixedSeries { get; init; } = [];

    /// <summary>Reads and measures every picture.</summary>
    /// <param name="images">The set.</param>
    /// <param name="threads">Pictures that are read at the same time, at least 1; it changes no result.</param>
    /// <param name="progress">Told how many pictures are done.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static ImageInspection Run(ImageSet images, int threads, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var measures = new PictureMeasures?[images.Samples.Length];
        string?[] refusals = new string?[measures.Length];
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, measures.Length, options, i =>
        {
            try
            {
                measures[i] = PictureMeasurement.Of(images.Read(images.Samples[i]));
            }
            catch (DataException refusal)
            {
                refusals[i] = refusal.Message;
            }

            progress?.Report(Interlocked.Increment(ref done));
        });
        return ImageChecks.Judge(images, [.. measures], refusals);
    }

    /// <summary>Numbers that samples share which must stand on one side of every split: those of one patient, and those that are the same; over several steps where need be.</summary>
    /// <param name="images">The set that was looked at.</param>
    /// <param name="samples">The samples to number; groups are numbered by first appearance.</param>
    /// <param name="joinsPatients">Whether a patient's pictures are one group.</param>
    /// <param name="joinsTwins">Whether equal or nearly equal pictures are.</param>
    public ImmutableArray<int> Groups(ImageSet images, IReadOnlyList<int> samples, bool joinsPatients = true, bool joinsTwins = true)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(samples);
        int[] root = [.. Enumerable.Range(0, images.Samples.Length)];
        if (joinsPatients)
        {
            var first = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < root.Length; i++)
            {
                if (images.Samples[i].Patient is { } patient && !first.TryAdd(patient, i))
                {
                    Join(first[patient], i);
                }
            }
        }

        foreach (var twins in joinsTwins ? Twins : [])
        {
            Join(twins.First, twins.Second);
        }

        var numbers = new Dictionary<int, int>();
        return [.. samples.Select(sample => numbers.TryAdd(Root(sample), numbers.Count) ? numbers.Count - 1 : numbers[Root(sample)])];

        int Root(int i)
        {
            while (root[i] != i)
            {
                i = root[i] = root[root[i]];
            }

            return i;
        }

        void Join(int one, int other)
        {
            (int a, int b) = (Root(one), Root(other));
            root[Math.Max(a, b)] = Math.Min(a, b);
        }
    }

    /// <summary>What the exclusions leave, step by step: for the flow diagram of a report.</summary>
    /// <param name="images">The set that was looked at.</param>
    public ImmutableArray<ImageFlowStep> Flow(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var steps = ImmutableArray.CreateBuilder<ImageFlowStep>();
        int[] remaining = [.. Enumerable.Range(0, images.Samples.Length)];
        steps.Add(ImageFlowStep.Of(null, remaining, images));
        foreach (var reason in Enum.GetValues<ImageExclusion>())
        {
            if (LeftOut.Any(pair => pair.Value == reason))
            {
                remaining = [.. remaining.Where(sample => !LeftOut.TryGetValue(sample, out var why) || why != reason)];
                steps.Add(ImageFlowStep.Of(reason, remaining, images));
            }
        }

        return steps.ToImmutable();
    }
}
