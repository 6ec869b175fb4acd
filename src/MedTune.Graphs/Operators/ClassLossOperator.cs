using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// A loss over classes: inputs are x [N, C, d...], labels [N, d...] (whole numbers from 0 to C - 1) and optional class weights [C].
/// Attribute reduction is mean (weighted, the default), sum or none; labels equal to ignore_index count nothing.
/// </summary>
internal abstract class ClassLossOperator : Operator
{
    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    /// <summary>Whether x holds scores, which a log-softmax turns into log-probabilities, rather than those.</summary>
    protected abstract bool TakesScores { get; }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        var labels = context.Require(1, ElementType.Int64, ElementType.Int32);
        if (x.HasRank && x.Rank < 2)
        {
            throw context.Error($"its input 0 is {x}; scores of [samples, classes] were expected.");
        }

        if (x.HasRank && labels.HasRank && labels.Rank != x.Rank - 1)
        {
            throw context.Error($"its labels are {labels}; for {x} rank {x.Rank - 1} was expected.");
        }

        if (context.Has(2))
        {
            context.RequireSame(2, 0);
        }

        bool each = Reduction(context.Attributes) == "none";
        return [new TensorType(x.Element, each ? labels.Dimensions : []), x];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, Reductions.Sum, LogSoftmax.Map),
        ElementType.Double => Compile<double>(context, Reductions.Sum, LogSoftmax.Map),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        if (context.OutputGradientOrNull(1) is not null || context.Needs(2))
        {
            throw context.Error("only its loss can be differentiated, and only by its first input.");
        }

        Value[] values = [context.OutputGradient(), .. Enumerable.Range(0, context.InputCount).Select(context.Input)];
        context.Set(0, context.Builder.Append("ClassLossGradient", values, context.Attributes.With("scores", TakesScores), InternalDomain));
    }

    internal static string Reduction(Attributes attributes) => attributes.String("reduction", "mean");

    /// <summary>Every reduction, weights, an ignored label, more axes.</summary>
    protected static IEnumerable<OperatorCase> LossCases()
    {
        Tensor<float> X(uint seed, params int[] extents) => Sample.Values(seed, extents);
        var none = Attributes.None.With("reduction", "none");
        var weights = Sample.Positive(2, 20, 4);
        yield return new("none", X(1, 9, 4), Sample.Longs(0, 3, 2, 9)) { Attributes = none };
        yield return new("mean", X(3, 19, 4), Sample.Longs(0, 3, 4, 19));
        yield return new("mean, weights", X(5, 19, 4), Sample.Longs(0, 3, 6, 19), weights) { GradientInputs = [0] };
        yield return new("sum, weights", X(7, 5, 4), Sample.Longs(0, 3, 8, 5), weights) { Attributes = none.With("reduction", "sum"), GradientInputs = [0], FloatTolerance = 1e-5 };
        yield return new("mean, ignored", X(9, 9, 4), Sample.Longs(0, 3, 10, 9), weights) { Attributes = Attributes.None.With("ignore_index", 2), GradientInputs = [0] };
        yield return new("none, ignored", X(11, 9, 4), Sample.Longs(-1, 3, 12, 9)) { Attributes = none.With("ignore_index", -1) };
        yield return new("mean, more axes", X(13, 3, 4, 2, 2), Sample.Longs(0, 3, 14, 3, 2, 2), weights) { GradientInputs = [0] };
        yield return new("many", X(15, 257, 3), Sample.Longs(0, 2, 16, 257)) { HasGolden = false };
    }

    private Action Compile<T>(KernelContext context, Func<ReadOnlySpan<T>, T> sum, ClassRows<T>.RowMap logSoftmax)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        var rows = new ClassRows<T>(context, 0, 1, 2);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        var logs = TakesScores ? (context.HasOutput(1) ? context.Output<T>(1) : context.Scratch<T>(shape.Length)) : x;
        string reduction = Reduction(context.Attributes);
        var losses = reduction == "none" ? y : context.Scratch<T>(rows.Count);
        var counts = context.Scratch<T>(rows.Count);
        var partial = context.Scratch<T>(SampleShards.Count);
        return () =>
        {
            if (TakesScores)
            {
                rows.Map(x.Span, logs.Span, logSoftmax);
            }

            rows.Weigh(counts.Span);
            for (int row = 0; row < rows.Count; row++)
            {
                // 0 · log 0 is no loss: an ignored label has weight 0 and no place to look at.
                losses[row] = T.IsZero(counts[row]) ? T.Zero : -(counts[row] * logs[rows.LabelIndex(row)]);
            }

            if (reduction != "none")
            {
                T total = SampleShards.Sum(losses.Span, shape[0], partial.Span, sum);
                y[0] = reduction == "sum" ? total : total / SampleShards.Sum(counts.Span, shape[0], partial.Span, sum);
            }
        };
    }
}
