using MedTune.Tensors;

namespace MedTune.Modalities.Images;

/// <summary>Draws pictures to look at, and numbers patients.</summary>
internal static class EvidenceDraw
{
    /// <summary>So many items, drawn without order and given in their own; the same for the same seed.</summary>
    public static int[] Of(IReadOnlyCollection<int> items, int count, ulong seed, ulong stream) => [.. Sequence(items, seed, stream).Take(count).Order()];

    /// <summary>All items in the order in which they are drawn: the first few are what a draw of so many gives.</summary>
    public static IEnumerable<int> Sequence(IReadOnlyCollection<int> items, ulong seed, ulong stream)
    {
        var random = new Philox(seed, RandomPurpose.Evidence, stream);
        return items.OrderBy(item => random.UniformDouble((ulong)item)).ThenBy(item => item);
    }

    /// <summary>The patient of each picture as a number; a number of its own where it is not known.</summary>
    public static int[] Groups(IReadOnlyList<string?> patients)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. patients.Select((patient, i) => patient is null || first.TryAdd(patient, i) ? i : first[patient])];
    }
}
