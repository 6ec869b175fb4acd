using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An Einsum of two operands as a batch of matrix products: both are copied into the order [batch, rows, depth] and [batch, depth, columns].</summary>
internal static class EinsumProduct
{
    /// <summary>The float forward, or null when the equation is no product of matrices.</summary>
    public static Action? TryCompile(KernelContext context, EinsumEquation equation)
    {
        if (equation.Inputs.Length != 2 || context.OutputShape().Length == 0 || equation.Inputs.Any(labels => labels.Distinct().Count() != labels.Length))
        {
            return null;
        }

        string batch = Labels(equation, true, true, true);
        string rows = Labels(equation, true, false, true);
        string columns = Labels(equation, false, true, true);
        string depth = Labels(equation, true, true, false);
        return depth.Length > 0 && context.InputShape(0).Length > 0 && batch.Length + rows.Length + columns.Length + depth.Length == equation.All.Length
            ? Compile(context, equation, batch, rows, columns, depth)
            : null;
    }

    /// <summary>The labels that are (or are not) in the first operand, in the second and in the result.</summary>
    private static string Labels(EinsumEquation equation, bool inFirst, bool inSecond, bool inOutput) => string.Concat(equation.All.Where(label =>
        equation.Inputs[0].Contains(label, StringComparison.Ordinal) == inFirst
        && equation.Inputs[1].Contains(label, StringComparison.Ordinal) == inSecond
        && equation.Output.Contains(label, StringComparison.Ordinal) == inOutput));

    private static Action Compile(KernelContext context, EinsumEquation equation, string batch, string rows, string columns, string depth)
    {
        int[] extents = equation.Extents(context.InputShape);
        int[] ExtentsOf(string labels) => [.. labels.Select(label => extents[equation.All.IndexOf(label, StringComparison.Ordinal)])];
        int SizeOf(string labels) => new Shape(ExtentsOf(labels)).Length;
        var (count, m, n, k) = (SizeOf(batch), SizeOf(rows), SizeOf(columns), SizeOf(depth));

        StridedCopy CopyOf(int input, string order)
        {
            int[] strides = equation.Strides(input, context.InputShape(input), extents);
            return StridedCopy.For(ExtentsOf(order), [.. order.Select(label => strides[equation.All.IndexOf(label, StringComparison.Ordinal)])], 0);
        }

        var (first, second) = (CopyOf(0, batch + rows + depth), CopyOf(1, batch + depth + columns));
        var (a, b, y) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>());
        var (left, right, result) = (context.Scratch<float>(count * m * k), context.Scratch<float>(count * k * n), context.Scratch<float>(count * m * n));
        var product = FloatProduct.For(context, m, n, k, false, false);

        // The results lie in the order batch, rows, columns; the output wants its own.
        string order = batch + rows + columns;
        int[] steps = StridedCopy.Strides(new Shape(ExtentsOf(order)));
        var last = StridedCopy.For(ExtentsOf(equation.Output), [.. equation.Output.Select(label => steps[order.IndexOf(label, StringComparison.Ordinal)])], 0);
        return () =>
        {
            first.Gather<float>(a.Span, left.Span);
            second.Gather<float>(b.Span, right.Span);
            for (int i = 0; i < count; i++)
            {
                product.Run(left.Span.Slice(i * m * k, m * k), right.Span.Slice(i * k * n, k * n), result.Span.Slice(i * m * n, m * n));
            }

            last.Gather<float>(result.Span, y.Span);
        };
    }
}
