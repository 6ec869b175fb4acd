using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Tuples of places, along the last axis of an input, that point at slices of a tensor; behind <c>batch_dims</c> axes that go together.</summary>
internal sealed class IndexTuples
{
    private readonly Indices[] _axes;
    private readonly int[] _strides;
    private readonly int _perBatch;
    private readonly int _batchStride;

    /// <summary>The tuples of an input that point into a tensor of a shape.</summary>
    public IndexTuples(KernelContext context, Shape data, int input)
    {
        var shape = context.InputShape(input);
        int batch = (int)context.Attributes.Int("batch_dims", 0);
        int length = shape[shape.Rank - 1];
        int batches = new Shape(shape.Extents[..batch]).Length;
        if (!shape.Extents[..batch].SequenceEqual(data.Extents[..batch]))
        {
            throw context.Error("its indices and its values differ in the axes that go together.");
        }

        _strides = StridedCopy.Strides(data)[batch..(batch + length)];
        _axes = [.. Enumerable.Range(0, length).Select(axis => new Indices(context, input, data[batch + axis]))];
        Count = new Shape(shape.Extents[..^1]).Length;
        Width = new Shape(data.Extents[(batch + length)..]).Length;
        _perBatch = batches == 0 ? 0 : Count / batches;
        _batchStride = new Shape(data.Extents[batch..]).Length;
    }

    /// <summary>Number of tuples.</summary>
    public int Count { get; }

    /// <summary>Elements of the slice that a tuple points at.</summary>
    public int Width { get; }

    /// <summary>Where the slice of a tuple starts.</summary>
    public int this[int tuple]
    {
        get
        {
            int start = tuple / _perBatch * _batchStride;
            for (int axis = 0; axis < _axes.Length; axis++)
            {
                start += _axes[axis][(tuple * _axes.Length) + axis] * _strides[axis];
            }

            return start;
        }
    }
}
