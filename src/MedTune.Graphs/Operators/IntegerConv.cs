namespace MedTune.Graphs.Operators;

/// <summary>The sums of a convolution of 8-bit values less their zero points: exact up to 32 bits, where they wrap around.</summary>
internal static class IntegerConv
{
    /// <summary>Takes the sums of a group of a sample: its number among all, and Int32 sums [made, windows].</summary>
    public delegate void Taking(int place, ReadOnlySpan<int> sums);

    /// <summary>Convolves inputs x and w, whose zero points follow at the inputs given, and hands the sums on.</summary>
    public static Action Compile(KernelContext context, ConvLayout layout, (int X, int XZero, int W, int WZero, int Bias) inputs, Taking take)
    {
        var (readX, readW) = (QuantizedValues.Reader(context, inputs.X), QuantizedValues.Reader(context, inputs.W));
        var (zeroX, zeroW) = (QuantizedValues.Zeros(context, inputs.XZero), QuantizedValues.Zeros(context, inputs.WZero));
        bool isBiased = inputs.Bias >= 0 && context.Has(inputs.Bias);
        var bias = isBiased ? context.Input<int>(inputs.Bias) : default;
        int units = layout.Samples * layout.Groups;
        int workers = WorkerLoop.Workers(context.Pool, units);
        var weights = context.Scratch<int>(layout.Groups * layout.SizeW);
        var scratch = context.Scratch<int>(checked(workers * (layout.SizeX + layout.SizeY + layout.Windows)));
        var loop = new WorkerLoop(context.Pool, units, (worker, place) =>
        {
            int group = place % layout.Groups;
            var memory = scratch.Span.Slice(worker * (scratch.Length / workers), scratch.Length / workers);
            var x = memory[..layout.SizeX];
            var y = memory.Slice(layout.SizeX, layout.SizeY);
            readX(place * layout.SizeX, zeroX(0), x);
            var own = isBiased ? bias.Span.Slice(group * layout.Made, layout.Made) : [];
            Conv.Run(layout, x, weights.Span.Slice(group * layout.SizeW, layout.SizeW), own, y, memory[(layout.SizeX + layout.SizeY)..]);
            take(place, y);
        });
        return () =>
        {
            for (int made = 0; made < layout.Groups * layout.Made; made++)
            {
                readW(made * layout.Depth, zeroW(made), weights.Span.Slice(made * layout.Depth, layout.Depth));
            }

            loop.Run();
        };
    }
}
