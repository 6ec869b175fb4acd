using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of one operand (attribute operand) of an Einsum whatever its equation: the gradient of the result (input 0) times the other operands
/// (inputs 1 and on), added to the operand's element one after another.
/// </summary>
internal sealed class EinsumGradient : Operator
{
    public override string Name => "EinsumGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => int.MaxValue;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("diagonal", Sample.Values(1, 3), Sample.Values(2, 3, 3)) { Attributes = Of("ii->i", 0) };
            yield return new("broadcast", Sample.Values(3, 4, 2), Sample.Values(4, 1, 2), Sample.Values(5, 4, 2)) { Attributes = Of("...i,...i->...i", 0) };
            yield return new("summed alone", Sample.Values(6, 2), Sample.Values(7, 3), Sample.Values(8, 2)) { Attributes = Of("i,j->j", 0) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.Float, ElementType.Double);
        return context.Attributes.Int("operand", 0) is >= 0 and var operand && operand + 1 < context.InputCount
            ? [context.Input((int)operand + 1)]
            : throw context.Error("it has no such operand.");
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    private static Attributes Of(string equation, int operand) => Attributes.None.With("equation", equation).With("operand", operand);

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        int count = context.InputCount - 1;
        int operand = (int)context.Attributes.Int("operand", 0);
        var equation = EinsumEquation.Parse(
            context.Attributes.String("equation", string.Empty), [.. Enumerable.Range(0, count).Select(i => context.InputShape(i + 1).Rank)], context.Error);
        int[] extents = equation.Extents(i => context.InputShape(i + 1));
        int[] steps = StridedCopy.Strides(context.InputShape(0));

        // The others first, then the operand itself and the result.
        int[] others = [.. Enumerable.Range(0, count).Where(i => i != operand)];
        int[][] strides =
        [
            .. others.Select(i => equation.Strides(i, context.InputShape(i + 1), extents)),
            equation.Strides(operand, context.InputShape(operand + 1), extents),
            [.. equation.All.Select((_, label) => label < steps.Length ? steps[label] : 0)],
        ];
        Buffer<T>[] factors = [.. others.Select(i => context.Input<T>(i + 1))];
        var (dy, dx) = (context.Input<T>(0), context.Output<T>());
        var sums = context.Scratch<double>(dx.Length);
        var loop = new EinsumLoop(extents, strides);
        return () =>
        {
            var total = sums.Span;
            total.Clear();
            loop.Begin();
            for (int step = 0; step < loop.Count; step++)
            {
                total[loop.Offset(count - 1)] += loop.Product(factors, double.CreateTruncating(dy[loop.Offset(count)]));
                loop.Next();
            }

            Span<T> result = dx.Span;
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = T.CreateTruncating(total[i]);
            }
        };
    }
}
