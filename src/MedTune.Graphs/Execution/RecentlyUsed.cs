namespace MedTune.Graphs.Execution;

/// <summary>Keeps the values that were asked for last, up to a number; the one not asked for the longest goes first, and is disposed.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RecentlyUsed<TKey, TValue> : IDisposable
    where TKey : notnull
    where TValue : IDisposable
{
    private readonly int _capacity;
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _entries;

    /// <param name="capacity">How many are kept, at least 1.</param>
    /// <param name="comparer">How keys are compared; by default as they compare themselves.</param>
    public RecentlyUsed(int capacity, IEqualityComparer<TKey>? comparer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _entries = new Dictionary<TKey, LinkedListNode<(TKey, TValue)>>(comparer);
    }

    /// <summary>How many are kept now.</summary>
    public int Count => _entries.Count;

    /// <summary>The values that are kept, the one asked for last first.</summary>
    public IEnumerable<TValue> Values => _order.Select(entry => entry.Value);

    /// <summary>The value of a key, made when it is not kept.</summary>
    public TValue Get(TKey key, Func<TKey, TValue> make)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            _order.Remove(entry);
            _order.AddFirst(entry);
            return entry.Value.Value;
        }

        var value = make(key);
        if (_entries.Count == _capacity && _order.Last is { } oldest)
        {
            _order.RemoveLast();
            _entries.Remove(oldest.Value.Key);
            oldest.Value.Value.Dispose();
        }

        _entries[key] = _order.AddFirst((key, value));
        return value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, value) in _order)
        {
            value.Dispose();
        }

        _order.Clear();
        _entries.Clear();
    }
}
