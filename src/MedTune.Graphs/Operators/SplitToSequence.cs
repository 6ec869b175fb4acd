using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The input cut along <c>axis</c> into a sequence: into parts of the extents that input 1 lists, of the one extent it gives, or of extent 1
/// (then without the axis when <c>keepdims</c> is 0).
/// </summary>
internal sealed class SplitToSequence : DynamicOperator
{
    public override string Name => "SplitToSequence";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        if (context.Has(1))
        {
            context.Require(1, ElementType.Int64, ElementType.Int32);
        }

        return [Sequences.Of(context.Input(0).Element)];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context)
    {
        var x = context.Input(0).Tensor;
        long axis = context.Attributes.Int("axis", 0);
        if (axis < -x.Shape.Rank || axis >= x.Shape.Rank)
        {
            throw context.Error($"it cuts along axis {axis} of an input with {x.Shape.Rank} axes.");
        }

        var extents = Extents(context, x.Shape[(int)(axis < 0 ? axis + x.Shape.Rank : axis)]);
        var parts = extents.Length == 0 ? [] : context.ApplyMany("Split", Attributes.None.With("axis", axis), extents.Length, x, Tensor.Vector(extents));
        bool isSqueezed = !context.Has(1) && context.Attributes.Int("keepdims", 1) == 0;
        return [RuntimeValue.Of([.. parts.Select(part => isSqueezed ? context.Apply("Squeeze", Attributes.None, part, Tensor.Vector(axis)) : part)], context.Input(0).Type.Element)];
    }

    private static long[] Extents(DynamicContext context, int extent)
    {
        if (context.Has(1) && context.Input(1).Tensor.Shape.Rank > 0)
        {
            return context.Input(1).Tensor switch
            {
                Tensor<long> list => list.Values.ToArray(),
                Tensor<int> list => [.. list.Values.ToArray().Select(part => (long)part)],
                var other => throw context.Error($"its input 1 holds {other.Type}; whole numbers were expected."),
            };
        }

        long each = context.Has(1) ? context.Number(1) : 1;
        if (each < 1)
        {
            throw context.Error($"its parts shall have an extent of {each}; at least 1 was expected.");
        }

        long whole = extent / each;
        long left = extent % each;
        return [.. Enumerable.Repeat(each, (int)whole), .. left > 0 ? [left] : Array.Empty<long>()];
    }
}
