namespace MedTune.Training;

/// <summary>The answers of a frozen prefix by sample: in memory up to a limit, and in a file where there is one.</summary>
internal sealed class AnswerCache : IDisposable
{
    // Answers lie one after the other in blocks of about this many bytes.
    private const int BlockBytes = 1 << 22;

    private readonly int _length;
    private readonly int _perBlock;
    private readonly long _most;
    private readonly AnswerFile? _file;
    private readonly List<byte[]> _blocks = [];
    private readonly Dictionary<SampleDigest, int> _places = [];

    /// <param name="length">Bytes of a sample's answers.</param>
    /// <param name="memoryLimit">Bytes in memory.</param>
    /// <param name="file">Where answers are kept besides; the cache disposes of it.</param>
    public AnswerCache(int length, long memoryLimit, AnswerFile? file)
    {
        _length = length;
        _perBlock = Math.Max(1, BlockBytes / Math.Max(1, length));
        _most = memoryLimit / Math.Max(1, length);
        _file = file;
    }

    /// <summary>How many samples are kept in memory.</summary>
    public int Count => _places.Count;

    /// <summary>The answers of a sample; false where they are not kept.</summary>
    public bool TryRead(SampleDigest sample, Span<byte> answers)
    {
        if (_places.TryGetValue(sample, out int place))
        {
            Slot(place).CopyTo(answers);
            return true;
        }

        if (_file is null || !_file.TryRead(sample, answers))
        {
            return false;
        }

        Keep(sample, answers);
        return true;
    }

    /// <summary>Keeps the answers of a sample as far as the limits allow.</summary>
    public void Add(SampleDigest sample, ReadOnlySpan<byte> answers)
    {
        Keep(sample, answers);
        _file?.Add(sample, answers);
    }

    /// <summary>Writes the file, if there is one.</summary>
    public void Save() => _file?.Save();

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Keep(SampleDigest sample, ReadOnlySpan<byte> answers)
    {
        int place = _places.Count;
        if (place >= _most || !_places.TryAdd(sample, place))
        {
            return;
        }

        if (place / _perBlock == _blocks.Count)
        {
            _blocks.Add(GC.AllocateUninitializedArray<byte>(checked(_perBlock * _length)));
        }

        answers.CopyTo(Slot(place));
    }

    private Span<byte> Slot(int place) => _blocks[place / _perBlock].AsSpan(place % _perBlock * _length, _length);
}
