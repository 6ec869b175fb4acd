using System.Collections.Immutable;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradients of the values that hold the operands of a <see cref="HeadAttention"/> (inputs 0 to 2, then its mask), from that of its result (input 4). Output i
/// belongs to input i and is left out with it. The weights are computed again, block by block of queries; every head of every sample is one unit.
/// </summary>
internal sealed class HeadAttentionGradient : Operator
{
    public override string Name => "HeadAttentionGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 5;

    public override int MaximumOutputs => 3;

    public override IEnumerable<OperatorCase> Cases => [];

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [.. Enumerable.Range(0, 3).Select(input => context.Has(input) ? context.Input(input) : context.Input(0))];

    public override Action Compile(KernelContext context)
    {
        var sizes = HeadSizes.Read(context.Attributes);
        var (q, k, v) = HeadAttention.Operands(context);
        var dy = context.Input<float>(4);
        Buffer<float> Result(int output) => context.HasOutput(output) ? context.Output<float>(output) : context.Scratch<float>(context.InputShape(output).Length);
        var dQ = Result(0);
        var dK = context.Has(1) ? Result(1) : dQ;
        var dV = context.Has(2) ? Result(2) : dK;
        var pass = new Pass(context, sizes, q, k, v, dy, dQ, dK, dV);

        // What no operand covers (the rest of a value of which heads are a part) gets a gradient of zero.
        int rows = sizes.Planes;
        int[] covered = [rows * sizes.Queries * sizes.Width, rows * sizes.Keys * sizes.Width, rows * sizes.Keys * sizes.ValueWidth];
        int first = covered[0] + (context.Has(1) ? 0 : covered[1] + (context.Has(2) ? 0 : covered[2]));
        int second = covered[1] + (context.Has(2) ? 0 : covered[2]);
        (bool clearsQ, bool clearsK, bool clearsV) = (first < dQ.Length, context.Has(1) && second < dK.Length, context.Has(2) && covered[2] < dV.Length);
        return () =>
        {
            Clear(clearsQ, dQ);
            Clear(clearsK, dK);
            Clear(clearsV, dV);
            pass.Run();
        };
    }

    private static void Clear(bool isAsked, Buffer<float> values)
    {
        if (isAsked)
        {
            values.Span.Clear();
        }
    }

    /// <summary>The operands, their gradients, and who works.</summary>
    private sealed class Pass
    {
        private readonly HeadSizes _sizes;
        private readonly HeadWorker[] _workers;
        private readonly WorkerLoop _loop;
        private readonly Buffer<float> _q, _k, _v, _dy, _dQ, _dK, _dV;

        public Pass(
            KernelContext context, HeadSizes sizes, Buffer<float> q, Buffer<float> k, Buffer<float> v, Buffer<float> dy, Buffer<float> dQ, Buffer<float> dK, Buffer<float> dV)
        {
            (_sizes, _q, _k, _v, _dy, _dQ, _dK, _dV) = (sizes, q, k, v, dy, dQ, dK, dV);
            var mask = new HeadMask(context, sizes, 3);
            _workers = [.. Enumerable.Range(0, WorkerLoop.Workers(context.Pool, sizes.Planes)).Select(_ => new HeadWorker(context, sizes, mask, isBackward: true))];
            _loop = new WorkerLoop(WorkerLoop.PoolFor(context.Pool, sizes.Planes, 8 * sizes.Queries * sizes.Keys), sizes.Planes, Plane);
        }

        public void Run() => _loop.Run();

        private void Plane(int worker, int plane)
        {
            for (int first = 0; first < _sizes.Queries; first += _sizes.Block)
            {
                Block(_workers[worker], plane, first, Math.Min(_sizes.Block, _sizes.Queries - first));
            }
        }

        private void Block(HeadWorker own, int plane, int first, int rows)
        {
            var (heads, keys, width, deep) = (_sizes.Heads, _sizes.Keys, _sizes.Width, _sizes.ValueWidth);
            int step = _sizes.KeyStep;
            int query = _sizes.Q.Of(plane, heads, first);
            int key = _sizes.K.Of(plane, heads, 0);
            int value = _sizes.V.Of(plane, heads, 0);
            var dy = _dy.Span[_sizes.Y.Of(plane, heads, first)..];
            own.Weigh(plane, first, rows, _q.Span, _k.Span);
            own.Multiply(rows, keys, deep, dy, _sizes.Y.Row, false, _v.Span[value..], _sizes.V.Row, true, own.Slopes.Span, step);
            own.Multiply(keys, deep, rows, own.Weights.Span, step, true, dy, _sizes.Y.Row, false, _dV.Span[value..], _sizes.V.Row, first > 0);
            own.Slope(rows);
            own.Multiply(rows, width, keys, own.Slopes.Span, step, false, _k.Span[key..], _sizes.K.Row, false, _dQ.Span[query..], _sizes.Q.Row);
            own.Multiply(keys, width, rows, own.Slopes.Span, step, true, _q.Span[query..], _sizes.Q.Row, false, _dK.Span[key..], _sizes.K.Row, first > 0);
        }
    }
}
