using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that tells something about every floating-point number by itself.</summary>
internal abstract class FloatTestOperator : Operator
{
    public override int MinimumInputs => 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(ElementType.Bool, context.Require(0, ElementType.Float, ElementType.Double).Dimensions)];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>The forward for one type of numbers.</summary>
    protected abstract Action Compile<T>(KernelContext context)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
