using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Products of the operands' elements summed over the labels that the result does not have, after Einstein's convention, with ellipses. A sum of
/// two operands that is a (batched) matrix product is computed as one; any other is one loop with sums in double.
/// </summary>
internal sealed class Einsum : Operator
{
    public override string Name => "Einsum";

    public override int SinceOpset => 12;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => int.MaxValue;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return Of("matrix product", "ij,jk->ik", Sample.Values(1, 3, 5), Sample.Values(2, 5, 4));
            yield return Of("batch of products, turned", "bij , bjk -> bki", Sample.Values(3, 2, 3, 4), Sample.Values(4, 2, 4, 2));
            yield return Of("heads", "bqhd,bkhd->bhqk", Sample.Values(5, 2, 3, 2, 4), Sample.Values(6, 2, 5, 2, 4));
            yield return Of("ellipsis", "...ij,jk->...ik", Sample.Values(7, 2, 3, 4), Sample.Values(8, 4, 2));
            yield return Of("broadcast ellipses", "...ij,...jk", Sample.Values(9, 2, 1, 2, 3), Sample.Values(10, 4, 3, 2));
            yield return Of("transposed", "ijk->kij", Sample.Values(11, 2, 3, 4));
            yield return Of("diagonal", "...ii->...i", Sample.Values(12, 2, 3, 3));
            yield return Of("trace", "ii", Sample.Values(13, 4, 4));
            yield return Of("sum", "ij->i", Sample.Values(14, 3, 4));
            yield return Of("inner product", "i,i", Sample.Values(15, 5), Sample.Values(16, 5));
            yield return Of("outer product", "i,j->ij", Sample.Values(17, 3), Sample.Values(18, 4));
            yield return Of("summed in one operand", "ij,k->jk", Sample.Values(19, 3, 2), Sample.Values(20, 4));
            yield return Of("three operands", "ij,jk,kl->il", Sample.Values(21, 2, 3), Sample.Values(22, 3, 4), Sample.Values(23, 4, 2));
            yield return Of("bilinear", "bi,oij,bj->bo", Sample.Values(24, 3, 2), Sample.Values(25, 4, 2, 3), Sample.Values(26, 3, 3));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var first = context.Require(0, ElementType.Float, ElementType.Double);
        for (int i = 1; i < context.InputCount; i++)
        {
            context.RequireSame(i, 0);
        }

        if (Enumerable.Range(0, context.InputCount).Any(i => !context.Input(i).HasRank))
        {
            return [new TensorType(first.Element, default)];
        }

        int[] ranks = [.. Enumerable.Range(0, context.InputCount).Select(i => context.Input(i).Rank)];
        var equation = EinsumEquation.Parse(context.Attributes.String("equation", string.Empty), ranks, context.Error);
        var extents = new Dimension?[equation.All.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            for (int axis = 0; axis < ranks[i]; axis++)
            {
                int label = equation.All.IndexOf(equation.Inputs[i][axis], StringComparison.Ordinal);
                extents[label] = Agree(context, extents[label], context.Input(i).Dimensions[axis], EinsumEquation.IsHidden(equation.All[label]));
            }
        }

        return [new TensorType(first.Element, [.. extents.Take(equation.Output.Length).Select(extent => extent!.Value)])];
    }

    public override Action Compile(KernelContext context)
    {
        var equation = Parse(context);
        return context.ElementOf(0) switch
        {
            ElementType.Float => EinsumProduct.TryCompile(context, equation) ?? Compile<float>(context, equation),
            ElementType.Double => Compile<double>(context, equation),
            var other => throw context.Unsupported(other),
        };
    }

    /// <summary>Einsum again, the operand's place taken by the gradient, where every label of the operand is found in the others once; else a loop.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        Value[] inputs = [.. Enumerable.Range(0, context.InputCount).Select(context.Input)];
        if (inputs.Any(input => !input.Type.HasRank))
        {
            throw context.Error("the ranks of its inputs are not known, so it cannot be differentiated.");
        }

        var equation = EinsumEquation.Parse(context.Attributes.String("equation", string.Empty), [.. inputs.Select(input => input.Type.Rank)], context.Error);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!context.Needs(i))
            {
                continue;
            }

            string own = equation.Inputs[i];
            string[] others = [.. equation.Inputs.Where((_, j) => j != i), equation.Output];
            bool isPlain = own.Distinct().Count() == own.Length && !own.Any(EinsumEquation.IsHidden) && own.All(label => others.Any(other => other.Contains(label, StringComparison.Ordinal)));
            if (isPlain && equation.Write(equation.Inputs.Select((labels, j) => j == i ? equation.Output : labels), own) is { } text)
            {
                Value[] operands = [.. inputs.Select((input, j) => j == i ? context.OutputGradient() : input)];
                context.Set(i, build.Append(Name, operands, Attributes.None.With("equation", text)));
            }
            else
            {
                context.Set(i, build.Append("EinsumGradient", [context.OutputGradient(), .. inputs], context.Attributes.With("operand", i), InternalDomain));
            }
        }
    }

    private static OperatorCase Of(string name, string equation, params ReadOnlySpan<Tensor<float>> operands) => new(name, [.. operands])
    {
        Attributes = Attributes.None.With("equation", equation),
        FloatTolerance = 1e-5,
    };

    private static EinsumEquation Parse(KernelContext context) => EinsumEquation.Parse(
        context.Attributes.String("equation", string.Empty), [.. Enumerable.Range(0, context.InputCount).Select(i => context.InputShape(i).Rank)], context.Error);

    private static Dimension Agree(ShapeContext context, Dimension? known, Dimension given, bool isBroadcast)
    {
        if (known is not Dimension before || (isBroadcast && before.Value == 1))
        {
            return given;
        }

        bool differs = before.Value is int x && given.Value is int y && x != y && !(isBroadcast && y == 1);
        return differs
            ? throw context.Error(string.Create(CultureInfo.InvariantCulture, $"one label of its equation stands for extents {before} and {given}."))
            : before.Value is not null || given.Value is null || given.Value == 1 ? before : given;
    }

    private static Action Compile<T>(KernelContext context, EinsumEquation equation)
        where T : unmanaged, INumber<T>
    {
        int[] extents = equation.Extents(context.InputShape);
        var inputs = new Buffer<T>[context.InputCount];
        var strides = new int[inputs.Length][];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = context.Input<T>(i);
            strides[i] = equation.Strides(i, context.InputShape(i), extents);
        }

        var loop = new EinsumLoop(extents, strides);
        var y = context.Output<T>();
        int terms = y.Length == 0 ? 0 : loop.Count / y.Length;
        return () =>
        {
            loop.Begin();
            foreach (ref T value in y.Span)
            {
                double sum = 0;
                for (int term = 0; term < terms; term++)
                {
                    sum += loop.Product(inputs);
                    loop.Next();
                }

                value = T.CreateTruncating(sum);
            }
        };
    }
}
