using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that maps each element by itself, in Float or Double (some also in whole numbers); it may write over its input.</summary>
internal abstract class UnaryOperator : Operator
{
    public override int MinimumInputs => 1;

    /// <summary>Whether the operator is also defined on Int64 and Int32.</summary>
    protected virtual bool TakesWholeNumbers => false;

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => TakesWholeNumbers
        ? [context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32)]
        : [context.Require(0, ElementType.Float, ElementType.Double)];

    public override Action Compile(KernelContext context)
    {
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                var map = PrepareFloat(context.Attributes);
                var (x, y) = (context.Input<float>(0), context.Output<float>());
                return Chunks.Over(context.Pool, y.Length, (start, length) => map(x.Span.Slice(start, length), y.Span.Slice(start, length)));
            case ElementType.Double:
                return Scalar<double>(context, Prepare(context.Attributes));
            case ElementType.Int64:
                return Scalar<long>(context, Map);
            case ElementType.Int32:
                return Scalar<int>(context, value => (int)Map((long)value));
            case var other:
                throw context.Unsupported(other);
        }
    }

    /// <summary>The float kernel, with the attributes looked up once; its destination may be its input.</summary>
    protected abstract FloatMap PrepareFloat(Attributes attributes);

    /// <summary>The reference, with the attributes looked up once.</summary>
    protected virtual Func<double, double> Prepare(Attributes attributes) => Map;

    /// <summary>The reference of an operator without attributes.</summary>
    protected virtual double Map(double x) => throw new InvalidOperationException($"{Name} has attributes; it maps by Prepare.");

    /// <summary>The same on whole numbers, wrapping around at 64 bits (32 for Int32).</summary>
    protected virtual long Map(long x) => throw new InvalidOperationException($"{Name} is not defined on whole numbers.");

    /// <summary>A small shape, and one case per length no vector divides.</summary>
    /// <param name="x">Makes the operand: seed, extents.</param>
    /// <param name="attributes">The node's attributes.</param>
    protected static IEnumerable<OperatorCase> UnaryCases(Func<uint, int[], Tensor<float>> x, Attributes? attributes = null)
    {
        attributes ??= Attributes.None;
        yield return new("small", x(1, [3, 7])) { Attributes = attributes };
        foreach (int length in Sample.Lengths)
        {
            yield return new($"length {length}", x(2, [length])) { Attributes = attributes, HasGolden = false };
        }
    }

    /// <summary>The cases of an operator that is flat between its steps: its gradient is 0 and never asked for.</summary>
    protected static IEnumerable<OperatorCase> StepCases() =>
        UnaryCases((seed, shape) => Sample.Values(seed, shape)).Select(sample => sample with { GradientInputs = [] });

    private static Action Scalar<T>(KernelContext context, Func<T, T> map)
        where T : unmanaged
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            var source = x.Span;
            var destination = y.Span;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = map(source[i]);
            }
        };
    }
}
