using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>Puts published weights into a network by their names.</summary>
/// <remarks>
/// Every parameter and running statistic must be in the file with its shape, and the file must have nothing else: a network that is half loaded
/// looks like a working one. Only the head may be missing or have another shape (another number of classes); it then keeps its first weights.
/// Brought to form on the way: names without the network's prefix, <c>gamma</c> and <c>beta</c> of old BERT files, positions of patches for another image
/// size (bicubic), DINOv2's class position (added to the class token where the network has registers).
/// </remarks>
public static class PretrainedWeights
{
    private const int Named = 3;

    /// <summary>Loads a safetensors file.</summary>
    /// <param name="network">The network; it stays as it is.</param>
    /// <param name="path">The file.</param>
    /// <returns>The network with the file's weights, and what became of every tensor.</returns>
    /// <exception cref="InvalidGraphException">The file cannot be read, or does not fit the network; the message says in what.</exception>
    public static (Architecture Network, WeightReport Report) Load(Architecture network, string path) =>
        Load(network, SafetensorsFile.Read(path).Tensors);

    /// <summary>Loads tensors by name.</summary>
    /// <param name="network">The network; it stays as it is.</param>
    /// <param name="tensors">Float tensors under the names of the maker of the network.</param>
    /// <returns>The network with these weights, and what became of every tensor.</returns>
    /// <exception cref="InvalidGraphException">The tensors do not fit the network; the message says in what.</exception>
    public static (Architecture Network, WeightReport Report) Load(Architecture network, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(tensors);
        var wanted = network.Parameters.Concat(network.Statistics).ToImmutableSortedSet(StringComparer.Ordinal);
        var adapted = new List<string>();
        var ignored = new List<string>();
        var given = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            string own = PublishedNames.InNetwork(name, network.Prefix, wanted);
            if (PublishedNames.IsNeverNeeded(own))
            {
                ignored.Add(name);
                continue;
            }

            if (!given.TryAdd(own, tensor))
            {
                throw new InvalidGraphException($"The weights hold '{own}' twice, once under the name '{name}'; the file is damaged or of another network.");
            }

            if (own != name)
            {
                adapted.Add(name);
            }
        }

        adapted.AddRange(PatchGrid.Fit(network, given));
        var newHead = NewHead(network, given, ignored);
        Check(network, wanted.Except(newHead), given);
        var graph = network.Graph.WithInitializers(given);
        var report = new WeightReport { Loaded = [.. given.Keys], Adapted = Sorted(adapted), NewHead = newHead, Ignored = Sorted(ignored) };
        return (network with { Graph = graph }, report);
    }

    /// <summary>The head's parameters when the file's head does not fit; the file's is then taken out of what was given.</summary>
    private static ImmutableArray<string> NewHead(Architecture network, SortedDictionary<string, Tensor> given, List<string> ignored)
    {
        string[] head = [.. network.Parameters.Where(name => name.StartsWith(network.Head, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string[] givenHead = [.. given.Keys.Where(name => name.StartsWith(network.Head, StringComparison.Ordinal))];
        if (head.SequenceEqual(givenHead, StringComparer.Ordinal) && head.All(name => given[name].Shape == network.Graph.Initializers[name].Shape))
        {
            return [];
        }

        foreach (string name in givenHead)
        {
            given.Remove(name);
            ignored.Add(name);
        }

        return [.. head];
    }

    private static void Check(Architecture network, ImmutableSortedSet<string> wanted, SortedDictionary<string, Tensor> given)
    {
        string[] missing = [.. wanted.Where(name => !given.ContainsKey(name))];
        string[] unexpected = [.. given.Keys.Where(name => !wanted.Contains(name))];
        string[] misshapen = [.. given.Where(pair => wanted.Contains(pair.Key) && !Fits(network, pair.Key, pair.Value)).Select(pair =>
            $"'{pair.Key}' is {TensorType.Of(pair.Value)}, {TensorType.Of(network.Graph.Initializers[pair.Key])} was expected")];
        string[] faults =
        [
            .. Fault(missing.Select(name => $"'{name}'"), missing.Length, "missing"),
            .. Fault(unexpected.Select(name => $"'{name}'"), unexpected.Length, "unknown to the network"),
            .. Fault(misshapen, misshapen.Length, "of another shape or type"),
        ];
        if (faults.Length > 0)
        {
            throw new InvalidGraphException(
                $"The weights do not fit the network {network.Name}: {string.Join("; ", faults)}. Check that the file was made for this network.");
        }
    }

    private static bool Fits(Architecture network, string name, Tensor tensor) =>
        tensor.Type == ElementType.Float && tensor.Shape == network.Graph.Initializers[name].Shape;

    private static IEnumerable<string> Fault(IEnumerable<string> names, int count, string what)
    {
        if (count > 0)
        {
            string more = count > Named ? string.Create(CultureInfo.InvariantCulture, $", and {count - Named} more") : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "is" : "are")} {what} ({string.Join(", ", names.Take(Named))}{more})");
        }
    }

    private static ImmutableArray<string> Sorted(List<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
