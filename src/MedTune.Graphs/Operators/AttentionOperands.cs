using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>Queries, keys and values of an Attention node, each brought to [batch, heads, length, width] with the past in front, and the way of the result back.</summary>
internal sealed class AttentionOperands<T>
    where T : unmanaged
{
    private readonly Buffer<T>[] _inputs;
    private readonly Buffer<T>[] _past;
    private readonly Buffer<T>[] _whole;
    private readonly bool[] _isInPlace = new bool[3];
    private readonly Buffer<T> _y;
    private readonly AttentionSizes _sizes;
    private readonly bool _isFlat;

    public AttentionOperands(KernelContext context, AttentionSizes sizes)
    {
        _sizes = sizes;
        _isFlat = context.InputShape(0).Rank == 3;
        _inputs = [context.Input<T>(0), context.Input<T>(1), context.Input<T>(2)];
        _past = [default, context.Has(4) ? context.Input<T>(4) : default, context.Has(5) ? context.Input<T>(5) : default];
        _y = context.Output<T>();
        _whole = new Buffer<T>[3];
        for (int i = 0; i < 3; i++)
        {
            bool isAsked = i > 0 && context.HasOutput(i);
            _isInPlace[i] = !_isFlat && _past[i].Length == 0 && !isAsked;
            _whole[i] = _isInPlace[i] ? _inputs[i] : isAsked ? context.Output<T>(i) : context.Scratch<T>(_inputs[i].Length + _past[i].Length);
        }
    }

    public Buffer<T> Q => _whole[0];

    public Buffer<T> K => _whole[1];

    public Buffer<T> V => _whole[2];

    /// <summary>Fills what is not there as it is.</summary>
    public void Gather()
    {
        Gather(0, _sizes.QueryHeads, 0, _sizes.Queries, _sizes.Width);
        Gather(1, _sizes.KeyHeads, _sizes.Past, _sizes.Keys, _sizes.Width);
        Gather(2, _sizes.KeyHeads, _sizes.Past, _sizes.Keys, _sizes.ValueWidth);
    }

    /// <summary>Where the result of a query goes.</summary>
    public Span<T> Result(int sample, int head, int query)
    {
        int row = _isFlat
            ? (((sample * _sizes.Queries) + query) * _sizes.QueryHeads) + head
            : (((sample * _sizes.QueryHeads) + head) * _sizes.Queries) + query;
        return _y.Span.Slice(row * _sizes.ValueWidth, _sizes.ValueWidth);
    }

    private void Gather(int which, int heads, int past, int length, int width)
    {
        var (source, before, target) = (_inputs[which], _past[which], _whole[which]);
        bool isThere = _isInPlace[which];
        int fresh = length - past;
        for (int block = 0; !isThere && block < _sizes.Batch * heads; block++)
        {
            (int sample, int head) = Math.DivRem(block, heads);
            var rows = target.Span.Slice(block * length * width, length * width);
            if (past > 0)
            {
                before.Span.Slice(block * past * width, past * width).CopyTo(rows);
            }

            for (int row = 0; row < fresh; row++)
            {
                int at = _isFlat ? (((sample * fresh) + row) * heads) + head : (block * fresh) + row;
                source.Span.Slice(at * width, width).CopyTo(rows[((past + row) * width)..]);
            }
        }
    }
}
