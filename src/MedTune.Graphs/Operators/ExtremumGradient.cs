using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient that reaches one input of Min or Max: inputs are dy, the result y, and the operator's inputs up to the one in question.
/// dy where that last one equals y and none before it does, else 0; of y's shape.
/// </summary>
internal sealed class ExtremumGradient : Operator
{
    public override string Name => "ExtremumGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override int MaximumInputs => int.MaxValue;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("first", Sample.Values(1, 2, 3), Sample.Values(2, 2, 3), Sample.Values(2, 2, 3));
            yield return new("second", Sample.Values(1, 2, 3), Sample.Values(2, 2, 3), Sample.Values(3, 3), Sample.Values(2, 2, 3));
            yield return new("tie", Sample.Values(1, 2, 3), Sample.Values(2, 2, 3), Sample.Values(2, 2, 3), Sample.Values(2, 2, 3));
        }
    }

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(1)];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var (dy, y, dx) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        var inputs = new Buffer<T>[context.InputCount - 2];
        var shapes = new Shape[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            (inputs[i], shapes[i]) = (context.Input<T>(i + 2), context.InputShape(i + 2));
        }

        var loop = BroadcastLoop.For(context.OutputShape(), shapes);
        return () =>
        {
            for (int i = 0; i < dx.Length; i++)
            {
                (int run, int within) = Math.DivRem(i, loop.Inner);
                int first = 0;
                while (first < inputs.Length && inputs[first][loop.Offset(first, run) + (loop.Advances(first) ? within : 0)] != y[i])
                {
                    first++;
                }

                dx[i] = first == inputs.Length - 1 ? dy[i] : T.Zero;
            }
        };
    }
}
