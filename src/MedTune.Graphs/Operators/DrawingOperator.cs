using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Draws a number for every element of its output, whose shape is an attribute, or that of an input. See <see cref="Draws"/> for the generator.</summary>
internal abstract class DrawingOperator : Operator
{
    /// <summary>Whether the shape is that of input 0.</summary>
    protected abstract bool IsLike { get; }

    public override int MinimumInputs => IsLike ? 1 : 0;

    public sealed override bool CanFold => false;

    public sealed override bool ReadsValues(int input) => false;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        if (!IsLike)
        {
            return [new TensorType(Draws.TypeOf(context, ElementType.Float), Draws.ShapeOf(context))];
        }

        var input = context.Input(0);
        return [new TensorType(Draws.TypeOf(context, input.Element), input.Dimensions)];
    }

    /// <summary>The numbers depend on no input.</summary>
    public override void Gradient(GradientContext context)
    {
        if (context.Needs(0))
        {
            context.Set(0, context.Builder.ZerosLike(context.Input(0)));
        }
    }

    /// <summary>A case in which nothing is left to chance, whose values other programs can tell, and one that draws.</summary>
    protected IEnumerable<OperatorCase> DrawingCases(Attributes certain, Attributes drawn)
    {
        var shape = Attributes.None.With("shape", (long[])[2, 3]);
        Attributes Joined(Attributes own) => IsLike ? own : shape.Aggregate(own, (all, each) => all.With(each.Key, each.Value));
        ImmutableArray<Tensor?> inputs = IsLike ? [Sample.Values(1, 2, 3)] : [];
        yield return new("certain", inputs) { Attributes = Joined(certain) };
        yield return new("seed", inputs) { Attributes = Joined(drawn.With("seed", 7f)), HasGolden = false };
        yield return new("double, no seed", inputs) { Attributes = Joined(drawn.With("dtype", (int)ElementType.Double)), HasGolden = false };
    }
}
