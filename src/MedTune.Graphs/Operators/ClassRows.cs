using System.Globalization;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A tensor [N, C, d...] seen as rows of C classes, with the label and the weight of each row.</summary>
internal sealed class ClassRows<T>
    where T : unmanaged, INumber<T>
{
    private readonly Node _node;
    private readonly RowGathering _rows;
    private readonly Buffer<long> _labels;
    private readonly Buffer<int> _shortLabels;
    private readonly Buffer<T> _weights;
    private readonly Buffer<T> _scratch;
    private readonly long? _ignored;

    /// <summary>Over three of a node's inputs; the weights may be left out.</summary>
    public ClassRows(KernelContext context, int x, int labels, int weights)
    {
        _node = context.Node;
        var along = new bool[context.InputShape(x).Rank];
        along[1] = true;
        _rows = RowGathering.For(context.InputShape(x), along);
        _labels = context.ElementOf(labels) == ElementType.Int64 ? context.Input<long>(labels) : default;
        _shortLabels = context.ElementOf(labels) == ElementType.Int32 ? context.Input<int>(labels) : default;
        _weights = context.Has(weights) ? context.Input<T>(weights) : default;
        _ignored = context.Attributes.Has("ignore_index") ? context.Attributes.Int("ignore_index", 0) : null;
        _scratch = context.Scratch<T>(_rows.Width);
        if (context.InputShape(labels).Length != _rows.Count || (context.Has(weights) && _weights.Length != _rows.Width))
        {
            throw context.Error(string.Create(
                CultureInfo.InvariantCulture,
                $"its input of shape {context.InputShape(x)} needs {_rows.Count} labels, and {_rows.Width} weights if any; labels of shape {context.InputShape(labels)} were given."));
        }
    }

    /// <summary>Maps a row in place.</summary>
    public delegate void RowMap(Span<T> row);

    /// <summary>Number of rows: one per label.</summary>
    public int Count => _rows.Count;

    /// <summary>Number of classes.</summary>
    public int Classes => _rows.Width;

    /// <summary>Where class c of a row is.</summary>
    public int Index(int row, int c) => _rows.Index(row, c);

    /// <summary>Where a row's own class is; the row's label must not be ignored.</summary>
    public int LabelIndex(int row) => _rows.Index(row, (int)Label(row));

    /// <summary>The weight of every row: that of its label's class, 1 without weights, 0 when the label is ignored.</summary>
    public void Weigh(Span<T> weights)
    {
        for (int row = 0; row < weights.Length; row++)
        {
            long label = Label(row);
            if (label == _ignored)
            {
                weights[row] = T.Zero;
                continue;
            }

            if (label < 0 || label >= Classes)
            {
                throw new InvalidGraphException(NodeErrors.Sentence(
                    _node,
                    string.Create(CultureInfo.InvariantCulture, $"label {row} is not a class number from 0 to {Classes - 1}.")));
            }

            weights[row] = _weights.Length > 0 ? _weights[(int)label] : T.One;
        }
    }

    /// <summary>Maps every row of a tensor into another.</summary>
    public void Map(ReadOnlySpan<T> x, Span<T> y, RowMap map)
    {
        var row = _scratch.Span;
        for (int i = 0; i < Count; i++)
        {
            _rows.Row(x, i, row).CopyTo(row);
            map(row);
            _rows.Store<T>(row, i, y);
        }
    }

    private long Label(int row) => _labels.Length > 0 ? _labels[row] : _shortLabels[row];
}
