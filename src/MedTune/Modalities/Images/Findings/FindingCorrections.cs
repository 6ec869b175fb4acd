using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>A reader's answers about single findings of pictures.</summary>
/// <param name="Labels">By the number of a picture, its labels as the reader has them.</param>
/// <param name="Dropped">Pictures to leave out.</param>
internal sealed record FindingCorrections(ImmutableDictionary<int, ImmutableArray<int>> Labels, ImmutableHashSet<int> Dropped)
{
    /// <summary>What a label of a finding, and an answer, may be.</summary>
    public const string Present = "present", Absent = "absent";

    /// <summary>The answers for a set.</summary>
    /// <exception cref="DataException">A picture or a finding is not there, or an answer is none.</exception>
    public static FindingCorrections Of(ImageCorrections corrections, ImageSet set)
    {
        // A manifest may name a picture twice: then the answer holds for both.
        var places = set.Samples.Select((sample, i) => (sample.Name, Place: i)).ToLookup(pair => pair.Name, pair => pair.Place, StringComparer.Ordinal);
        var labels = ImmutableDictionary.CreateBuilder<int, ImmutableArray<int>>();
        var dropped = ImmutableHashSet.CreateBuilder<int>();
        foreach (var (key, answer) in corrections.Answers)
        {
            string[] parts = key.Split(ImageCorrections.Separator);
            if (parts.Length != 2)
            {
                throw new DataException($"{corrections.Path}: lacks the column {ImageCorrections.Finding}; the pictures have several findings each, so an answer must say which one it is about.");
            }

            int finding = set.Classes.IndexOf(parts[1]);
            if (!places.Contains(parts[0]) || finding < 0)
            {
                throw new DataException($"{corrections.Path}: answers a picture or a finding that is not among those at hand; give the corrections that were made for these pictures.");
            }

            switch (answer)
            {
                case ImageCorrections.Drop:
                    dropped.UnionWith(places[parts[0]]);
                    break;
                case Present or Absent:
                    foreach (int place in places[parts[0]])
                    {
                        labels[place] = (labels.TryGetValue(place, out var changed) ? changed : set.Samples[place].Labels).SetItem(finding, answer == Present ? 1 : 0);
                    }

                    break;
                case ImageCorrections.Keep:
                    break;
                default:
                    throw new DataException($"{corrections.Path}: '{answer}' is no answer; write {ImageCorrections.Keep}, {ImageCorrections.Drop}, {Present} or {Absent}.");
            }
        }

        return new FindingCorrections(labels.ToImmutable(), dropped.ToImmutable());
    }
}
