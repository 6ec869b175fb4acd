using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that maps each element by itself, in Float or Double; it may write over its input.</summary>
internal abstract class UnaryOperator : Operator
{
    public override int MinimumInputs => 1;

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [context.Require(0, ElementType.Float, ElementType.Double)];

    public override Action Compile(KernelContext context)
    {
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                var (x, y) = (context.Input<float>(0), context.Output<float>());
                return () => Map(x.Span, y.Span);
            case ElementType.Double:
                var (source, destination) = (context.Input<double>(0), context.Output<double>());
                return () => Map(source.Span, destination.Span);
            case var other:
                throw context.Unsupported(other);
        }
    }

    /// <summary>The float kernel.</summary>
    protected virtual void Map(ReadOnlySpan<float> x, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)Map((double)x[i]);
        }
    }

    /// <summary>The reference.</summary>
    protected abstract double Map(double x);

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

    private void Map(Span<double> x, Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Map(x[i]);
        }
    }
}
