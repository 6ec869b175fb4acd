using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// softmax(q kᵀ · scale + mask) v for every head of every sample, with queries, keys and values where they lie: attributes q, k and v say at which element of the inputs
/// 0 to 2 the first row begins, and how far it is to the next sample, head and row. An input left out is the one before it, so that a projection to all
/// three is given once. The scores of a block of queries are kept, never all. <see cref="AttentionFusion"/> writes it, in float only; the operators it
/// replaces are its reference, so the tests compare whole graphs.
/// </summary>
internal sealed class HeadAttention : Operator
{
    public override string Name => "HeadAttention";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases => [];

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Float, [.. context.Attributes.Ints("shape").Select(extent => Dimension.FromValue((int)extent))])];

    public override Action Compile(KernelContext context)
    {
        var sizes = HeadSizes.Read(context.Attributes);
        var (q, k, v) = Operands(context);
        var y = context.Output<float>();
        var mask = new HeadMask(context, sizes, 3);
        int units = sizes.Planes * sizes.Blocks;
        int each = sizes.Block * sizes.Keys;
        var workers = Enumerable.Range(0, WorkerLoop.Workers(context.Pool, units)).Select(_ => new HeadWorker(context, sizes, mask, isBackward: false)).ToArray();
        var loop = new WorkerLoop(WorkerLoop.PoolFor(context.Pool, units, 4 * each), units, (worker, unit) =>
        {
            (int plane, int block) = Math.DivRem(unit, sizes.Blocks);
            int first = block * sizes.Block;
            int rows = Math.Min(sizes.Block, sizes.Queries - first);
            var own = workers[worker];
            own.Weigh(plane, first, rows, q.Span, k.Span);
            own.Multiply(
                rows, sizes.ValueWidth, sizes.Keys, own.Weights.Span, sizes.KeyStep, false, v.Span[sizes.V.Of(plane, sizes.Heads, 0)..], sizes.V.Row, false, y.Span[sizes.Y.Of(plane, sizes.Heads, first)..], sizes.Y.Row);
        });
        return loop.Run;
    }

    public override void Gradient(GradientContext context)
    {
        if (context.Needs(3))
        {
            throw context.Error("its mask is trained; it must stay in parts.");
        }

        // Gradients of the values that hold the operands; one for all operands that lie in it.
        Value Given(int input) => context.Has(input) ? context.Input(input) : default;
        int outputs = context.Has(2) ? 3 : context.Has(1) ? 2 : 1;
        var parts = context.Builder.AppendMany(
            "HeadAttentionGradient", [Given(0), Given(1), Given(2), Given(3), context.OutputGradient()], outputs, context.Attributes, InternalDomain);
        for (int i = 0; i < outputs; i++)
        {
            if (context.Has(i))
            {
                context.Set(i, parts[i]);
            }
        }
    }

    /// <summary>The values in which queries, keys and values lie.</summary>
    internal static (Buffer<float> Q, Buffer<float> K, Buffer<float> V) Operands(KernelContext context)
    {
        var q = context.Input<float>(0);
        var k = context.Has(1) ? context.Input<float>(1) : q;
        return (q, k, context.Has(2) ? context.Input<float>(2) : k);
    }
}
