using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of AffineGrid by its matrices (input 1): the grid's gradient (input 0) times the places it was made from, summed.</summary>
internal sealed class AffineGridGradient : Operator
{
    public override string Name => "AffineGridGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("two axes", Sample.Values(1, 2, 3, 4, 2), Sample.Values(2, 2, 2, 3)) { FloatTolerance = 1e-5 };
            yield return new("three axes, corners", Sample.Values(3, 1, 2, 3, 2, 3), Sample.Values(4, 1, 3, 4)) { Attributes = Attributes.None.With("align_corners", 1), FloatTolerance = 1e-5 };
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(1, ElementType.Float, ElementType.Double)];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        int axes = shape[shape.Rank - 1];
        double[] places = shape.Length == 0 ? [] : AffineGrid.Places(shape.Extents[1..^1], context.Attributes.Int("align_corners", 0) == 1);
        int count = places.Length / (axes + 1);
        var (gradient, matrices) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            for (int i = 0; i < matrices.Length; i++)
            {
                (int line, int k) = Math.DivRem(i, axes + 1);
                (int sample, int row) = Math.DivRem(line, axes);
                T sum = T.Zero;
                for (int at = 0; at < count; at++)
                {
                    sum += gradient[(((sample * count) + at) * axes) + row] * T.CreateTruncating(places[(at * (axes + 1)) + k]);
                }

                matrices[i] = sum;
            }
        };
    }
}
