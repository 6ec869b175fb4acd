using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of DFT: the sums with the other sign over the gradient (input 0), as many and as many parts as the transformed tensor (input 1) has.</summary>
internal sealed class DftGradient : Operator
{
    public override string Name => "DFTGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("real", Sample.Values(1, 2, 5, 2), Sample.Values(2, 2, 5, 1)) { FloatTolerance = 1e-5 };
            yield return new("onesided, filled", Sample.Values(3, 1, 5, 2, 2), Sample.Values(4, 1, 6, 2, 1), Tensor.Scalar(8L)) { Attributes = Attributes.None.With("onesided", 1), FloatTolerance = 1e-5 };
            yield return new("inverse, cut", Sample.Values(5, 1, 4, 2), Sample.Values(6, 1, 6, 2), Tensor.Scalar(4L)) { Attributes = Attributes.None.With("inverse", 1), FloatTolerance = 1e-5 };
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override bool NeedsConstant(int input) => input == 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(1, ElementType.Float, ElementType.Double)];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var shape = context.InputShape(1);
        int axis = (int)context.Attributes.Int("axis", 1);
        axis = axis < 0 ? axis + shape.Rank : axis;
        int length = Dft.LengthOf(context, 2, shape[axis]);
        if (context.OutputShape().Length == 0)
        {
            return () => { };
        }

        bool isInverse = context.Attributes.Int("inverse", 0) == 1;
        return new FourierLines(length, isInverse, isInverse ? 1.0 / length : 1).Over<T>(context, axis);
    }
}
