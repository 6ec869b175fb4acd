using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of a loss over classes by its first input. Inputs are dloss, x, labels and optional class weights. With scores = 1 it is
/// weight · (softmax(x) - one-hot label), else -weight at the label; divided by the sum of weights for a mean.
/// </summary>
internal sealed class ClassLossGradient : Operator
{
    public override string Name => "ClassLossGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var scores = Attributes.None.With("scores", 1);
            var weights = Sample.Positive(2, 1, 4);
            yield return new("scores, mean", Sample.Values(2), Sample.Values(3, 9, 4), Sample.Longs(0, 3, 4, 9), weights) { Attributes = scores };
            yield return new("scores, none", Sample.Values(5, 9), Sample.Values(6, 9, 4), Sample.Longs(0, 3, 7, 9)) { Attributes = scores.With("reduction", "none") };
            yield return new("log-probabilities, mean", Sample.Values(8), Sample.Values(9, 9, 4), Sample.Longs(0, 3, 10, 9), weights) { Attributes = Attributes.None.With("ignore_index", 1) };
            yield return new("more axes", Sample.Values(11), Sample.Values(12, 3, 4, 2), Sample.Longs(0, 3, 13, 3, 2)) { Attributes = scores.With("reduction", "sum") };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(1, ElementType.Float, ElementType.Double)];

    public override Action Compile(KernelContext context) => context.ElementOf(1) switch
    {
        ElementType.Float => Compile<float>(context, Reductions.Sum, LogSoftmax.Map, FloatMath.Exp),
        ElementType.Double => Compile<double>(context, Reductions.Sum, LogSoftmax.Map, DoubleMath.Exp),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context, Func<ReadOnlySpan<T>, T> sum, ClassRows<T>.RowMap logSoftmax, Func<T, T> exp)
        where T : unmanaged, INumber<T>
    {
        int batch = context.InputShape(1)[0];
        var rows = new ClassRows<T>(context, 1, 2, 3);
        var (dy, x, dx) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        string reduction = ClassLossOperator.Reduction(context.Attributes);
        bool scores = context.Attributes.Int("scores", 0) == 1;
        var counts = context.Scratch<T>(rows.Count);
        var partial = context.Scratch<T>(SampleShards.Count);
        return () =>
        {
            rows.Weigh(counts.Span);
            T divisor = reduction == "mean" ? SampleShards.Sum(counts.Span, batch, partial.Span, sum) : T.One;
            if (scores)
            {
                rows.Map(x.Span, dx.Span, logSoftmax);
            }

            var result = dx.Span;
            for (int row = 0; row < rows.Count; row++)
            {
                T factor = counts[row] * dy[reduction == "none" ? row : 0] / divisor;
                for (int c = 0; c < rows.Classes; c++)
                {
                    ref T value = ref result[rows.Index(row, c)];
                    value = scores ? factor * exp(value) : T.Zero;
                }

                if (!T.IsZero(counts[row]))
                {
                    result[rows.LabelIndex(row)] -= factor;
                }
            }
        };
    }
}
