using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of MaxRoiPool by its images: that of each bin (input 2) added to the bin's largest element in the images (input 0).</summary>
internal sealed class MaxRoiPoolGradient : Operator
{
    public override string Name => "MaxRoiPoolGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var regions = Tensor.Create(new Shape(2, 5), [0f, 1, 0, 4, 5, 0, 2, 3, 3, 3]);
            yield return new("overlapping", Sample.Values(1, 1, 2, 6, 5), regions, Sample.Values(2, 2, 2, 2, 2)) { Attributes = Attributes.None.With("pooled_shape", (long[])[2, 2]) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(0, ElementType.Float, ElementType.Double)];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var (dy, dx) = (context.Input<T>(2), context.Output<T>());
        var add = MaxRoiPool.Visit<T>(context, context.InputShape(2), (bin, place) =>
        {
            if (place >= 0)
            {
                dx[place] += dy[bin];
            }
        });
        return () =>
        {
            dx.Span.Clear();
            add();
        };
    }
}
