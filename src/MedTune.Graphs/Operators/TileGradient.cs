using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of Tile: the gradient of the output (input 0) summed over the repeats (input 2) to the shape of input 1.</summary>
internal sealed class TileGradient : Operator
{
    public override string Name => "TileGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("both axes", Sample.Values(1, 6, 6), Sample.Values(2, 3, 2), Tensor.Vector(2L, 3L)) { GradientInputs = [0] };
            yield return new("rows", Sample.Values(2, 12, 2), Sample.Values(2, 3, 2), Tensor.Vector(4L, 1L)) { GradientInputs = [0] };
        }
    }

    public override bool ReadsValues(int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.RequireSame(1, 0);
        return [context.Input(1)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("Tile", [context.OutputGradient(), context.Input(2)]));

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var walk = Tile.Walk(context.OutputShape(), context.InputShape(0));
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            dx.Span.Clear();
            walk.Accumulate(dy.Span, dx.Span);
        };
    }
}
