using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>What the nodes of one plan share because they run one after another: threads and scratch memory.</summary>
internal sealed class PlanResources
{
    private readonly List<PinnedMemory> _blocks = [];
    private Node? _current;
    private int _block;
    private long _used;

    public PlanResources(TaskPool pool) => Pool = pool;

    /// <summary>The threads a node may use.</summary>
    public TaskPool Pool { get; }

    /// <summary>Packing memory for matrix products.</summary>
    public MatrixWorkspace Workspace { get; } = new();

    /// <summary>Bytes held for scratch.</summary>
    public long Bytes => _blocks.Sum(block => block.Bytes);

    /// <summary>Takes memory for a node; the next node starts again at the first block.</summary>
    public Buffer<T> Scratch<T>(Node node, int length)
        where T : unmanaged
    {
        if (!ReferenceEquals(node, _current))
        {
            (_current, _block, _used) = (node, 0, 0);
        }

        long bytes = PinnedMemory.Align((long)length * ElementTypes.Of<T>().SizeInBytes());
        while (_block < _blocks.Count && _used + bytes > _blocks[_block].Bytes)
        {
            (_block, _used) = (_block + 1, 0);
        }

        if (_block == _blocks.Count)
        {
            _blocks.Add(new PinnedMemory(Math.Max(bytes, 1 << 14)));
        }

        nint address = _blocks[_block].Address(_used);
        _used += bytes;
        return new Buffer<T>(address, new Shape(length));
    }
}
