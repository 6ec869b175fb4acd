using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The norm of every window: the p-th root of the sum of the p-th powers of its elements' sizes (p = 2 by default).</summary>
internal sealed class LpPool : PoolOperator
{
    public override string Name => "LpPool";

    public override IEnumerable<OperatorCase> Cases =>
    [
        .. PoolCases().Select(sample => sample with { FloatTolerance = 1e-5 }),
        .. PoolCases().Where(sample => sample.Name is "padding" or "strides").Select(sample => sample with
        {
            Name = sample.Name + ", other powers",
            Attributes = sample.Attributes.With("p", sample.Name == "padding" ? 1 : 3),
            FloatTolerance = 1e-5,
        }),
    ];

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        Order(context.Attributes, context.Error);
        return base.InferTypes(context);
    }

    public override void Gradient(GradientContext context) => context.Set(0, context.Builder.Append(
        "LpPoolGradient", [context.OutputGradient(), context.Input(0), context.Output()], context.Attributes, InternalDomain));

    /// <summary>The attribute p.</summary>
    internal static int Order(Attributes attributes, Func<string, InvalidGraphException> error) =>
        attributes.Int("p", 2) is >= 1 and <= 64 and var p ? (int)p : throw error("its p must be a whole number from 1 to 64.");

    /// <summary>x · x · ..., p factors; 1 for p = 0.</summary>
    internal static T Power<T>(T x, int p)
        where T : INumber<T>
    {
        T power = T.One;
        for (int i = 0; i < p; i++)
        {
            power *= x;
        }

        return power;
    }

    /// <summary>The p-th root, computed in double.</summary>
    internal static T Root<T>(T x, int p)
        where T : INumber<T> => p switch
        {
            1 => x,
            2 => T.CreateTruncating(Math.Sqrt(double.CreateTruncating(x))),
            _ => T.CreateTruncating(DoubleMath.Pow(double.CreateTruncating(x), 1.0 / p)),
        };

    protected override Action Compile<T>(KernelContext context)
    {
        int p = Order(context.Attributes, context.Error);
        var shape = context.InputShape(0);
        var rows = Rows(context, shape);
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Chunks.Each(
            context.Pool,
            Planes(shape) * rows.Rows,
            unit =>
            {
                (int plane, int row) = Math.DivRem(unit, rows.Rows);
                ReadOnlySpan<T> source = x.Span.Slice(plane * rows.Plane, rows.Plane);
                var norms = y.Span.Slice(unit * rows.Width, rows.Width);
                norms.Clear();
                for (int tap = 0; tap < rows.Taps; tap++)
                {
                    var (first, end, place) = rows.Inside(tap, row);
                    for (int window = first; window < end; window++, place += rows.Step)
                    {
                        norms[window] += Power(T.Abs(source[place]), p);
                    }
                }

                foreach (ref T norm in norms)
                {
                    norm = Root(norm, p);
                }
            },
            rows.Width * rows.Taps);
    }
}
