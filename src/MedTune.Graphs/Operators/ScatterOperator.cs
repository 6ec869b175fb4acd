using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The first input with updates (input 2) put where indices (input 1) point, one after another: in place of what is there, or joined with
/// it by <c>reduction</c> (add, mul, max, min). Where places repeat without a reduction, the last one counts.
/// </summary>
internal abstract class ScatterOperator : MovementOperator
{
    public override int MinimumInputs => 3;

    public override Action Compile(KernelContext context) => Reduction(context.Attributes) == "none" ? base.Compile(context) : context.ElementOf(0) switch
    {
        ElementType.Float => Reduce<float>(context),
        ElementType.Double => Reduce<double>(context),
        ElementType.Int64 => Reduce<long>(context),
        ElementType.Int32 => Reduce<int>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        string reduction = Reduction(context.Attributes);
        if (reduction is not ("none" or "add"))
        {
            throw context.Error($"it cannot be differentiated with reduction '{reduction}'; only with none and add.");
        }

        var gradient = context.OutputGradient();
        if (context.Needs(0))
        {
            var zeros = context.Builder.ZerosLike(context.Input(2));
            context.Set(0, reduction == "add" ? gradient : context.Builder.Append(Name, [gradient, context.Input(1), zeros], context.Attributes));
        }

        if (context.Needs(2))
        {
            context.Set(2, Gathered(context, gradient));
        }
    }

    /// <summary>The <c>reduction</c> attribute.</summary>
    protected static string Reduction(Attributes attributes) => attributes.String("reduction", "none");

    /// <summary>Checks what both operators share.</summary>
    protected static TensorType Checked(ShapeContext context)
    {
        context.Require(1, ElementType.Int64, ElementType.Int32);
        context.RequireSame(2, 0);
        string reduction = Reduction(context.Attributes);
        return reduction is "none" or "add" or "mul" or "max" or "min"
            ? context.Input(0)
            : throw context.Error($"its reduction is '{reduction}'; supported are none, add, mul, max and min.");
    }

    /// <summary>The parts of a gradient that the indices point at.</summary>
    protected abstract Value Gathered(GradientContext context, Value gradient);

    /// <summary>How many slices are put, of how many elements, and where in the output each starts.</summary>
    protected abstract (int Count, int Width, Func<int, int> Start) Slices(KernelContext context);

    protected override Action Compile<T>(Places<T> places)
    {
        var (count, width, start) = Slices(places.Context);
        var (x, updates, y) = (places.Input(), places.Input(2), places.Output());
        return () =>
        {
            x().CopyTo(y());
            for (int i = 0; i < count; i++)
            {
                updates().Slice(i * width, width).CopyTo(y()[start(i)..]);
            }
        };
    }

    private static Func<T, T, T> Join<T>(string reduction)
        where T : INumber<T> => reduction switch
        {
            "add" => (a, b) => a + b,
            "mul" => (a, b) => a * b,
            "max" => T.Max,
            _ => T.Min,
        };

    private Action Reduce<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var join = Join<T>(Reduction(context.Attributes));
        var (count, width, start) = Slices(context);
        var (x, updates, y) = (context.Input<T>(0), context.Input<T>(2), context.Output<T>());
        return () =>
        {
            x.Span.CopyTo(y.Span);
            for (int i = 0; i < count; i++)
            {
                Span<T> target = y.Span.Slice(start(i), width);
                Span<T> update = updates.Span.Slice(i * width, width);
                for (int j = 0; j < width; j++)
                {
                    target[j] = join(target[j], update[j]);
                }
            }
        };
    }
}
