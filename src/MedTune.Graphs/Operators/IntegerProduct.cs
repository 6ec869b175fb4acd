namespace MedTune.Graphs.Operators;

/// <summary>Products of matrices of 8-bit values less their zero points: exact up to 32 bits, where they wrap around.</summary>
internal static class IntegerProduct
{
    /// <summary>Takes a row of sums: where it starts in the output, and its row within its matrix.</summary>
    public delegate void Taking(int start, int row, ReadOnlySpan<int> sums);

    /// <summary>
    /// Multiplies the matrices of inputs a and b and hands every row of the result on. A zero point is one for all, one for each row of a, or one for each
    /// column of b.
    /// </summary>
    public static Action Compile(KernelContext context, (int A, int AZero, int B, int BZero) inputs, Taking take)
    {
        var (offsets, m, n, k) = ProductOperator.Layout(context.InputShape(inputs.A), context.InputShape(inputs.B));
        int own = context.InputShape(inputs.A).Rank == 1 ? 1 : context.InputShape(inputs.A)[-2];
        var (readA, readB) = (QuantizedValues.Reader(context, inputs.A), QuantizedValues.Reader(context, inputs.B));
        var (zeroA, zeroB) = (QuantizedValues.Zeros(context, inputs.AZero), QuantizedValues.Zeros(context, inputs.BZero));
        var b = context.Scratch<int>(context.InputShape(inputs.B).Length);
        int rows = offsets.Length * m;
        int workers = WorkerLoop.Workers(context.Pool, rows);
        var scratch = context.Scratch<int>(workers * (n + k));
        var loop = new WorkerLoop(context.Pool, rows, (worker, unit) =>
        {
            (int matrix, int row) = Math.DivRem(unit, m);
            var (offsetA, offsetB) = offsets[matrix];
            var sums = scratch.Span.Slice(worker * (n + k), n);
            var factors = scratch.Span.Slice((worker * (n + k)) + n, k);
            readA(offsetA + (row * k), zeroA(row % own), factors);
            sums.Clear();
            for (int l = 0; l < k; l++)
            {
                var terms = b.Span.Slice(offsetB + (l * n), n);
                for (int column = 0; column < sums.Length; column++)
                {
                    sums[column] += factors[l] * terms[column];
                }
            }

            take(unit * n, row % own, sums);
        });
        return () =>
        {
            readB(0, 0, b.Span);
            for (int i = 0; i < b.Length; i++)
            {
                b[i] -= zeroB(i % n);
            }

            loop.Run();
        };
    }

    /// <summary>Refuses a zero point or scale that has neither one element nor one per row of a (column of b).</summary>
    public static void CheckLength(ShapeContext context, int input, int matrix, bool byRow)
    {
        var type = context.Input(matrix);
        int axis = byRow ? 2 : 1;
        QuantizedValues.CheckLength(context, input, type.HasRank ? type.Rank >= axis ? type.Dimensions[^axis] : 1 : Dimension.Unknown);
    }
}
