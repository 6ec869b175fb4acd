namespace MedTune.Tensors;

/// <summary>Which places of the other side each place of one axis meets, and with which filter element: forward or backward alike.</summary>
internal sealed class DepthwiseAxis
{
    private DepthwiseAxis(int count, int size, int filter, int distance, Func<int, int, int?> place)
    {
        (Count, Size) = (count, size);
        var starts = new List<int>();
        var taps = new List<(int, int)>();
        for (int i = 0; i < count; i++)
        {
            starts.Add(taps.Count);
            for (int element = 0; element < filter; element++)
            {
                if (place(i, element) is int at && at >= 0 && at < size)
                {
                    taps.Add((at, element));
                }
            }
        }

        Starts = [.. starts, taps.Count];
        Taps = [.. taps];

        // Places a stride apart meet the same elements, but near the edges.
        var (runs, edges) = (new List<DepthwiseRun>(), new List<int>());
        for (int residue = 0; residue < Math.Min(distance, count); residue++)
        {
            int[] places = [.. Enumerable.Range(0, (count - residue + distance - 1) / distance).Select(i => residue + (i * distance))];
            int first = places.MaxBy(Taken);
            int[] inner = [.. places.SkipWhile(i => i < first).TakeWhile(i => MeetSame(i, first))];
            edges.AddRange(places.Except(inner));
            runs.Add(new DepthwiseRun(first, inner.Length, distance, Taken(first) > 0 && inner.Length > 1 ? Taps[Starts[inner[1]]].Place - Taps[Starts[inner[0]]].Place : 0));
        }

        (Runs, Edges) = ([.. runs], [.. edges]);
    }

    /// <summary>Places along this axis.</summary>
    public int Count { get; }

    /// <summary>Places along the other side's axis.</summary>
    public int Size { get; }

    /// <summary>Where each place's taps start; one more for the end.</summary>
    public int[] Starts { get; }

    /// <summary>Place on the other side and filter element, in the order of the filter.</summary>
    public (int Place, int Element)[] Taps { get; }

    /// <summary>Where neighbors can be computed side by side.</summary>
    public DepthwiseRun[] Runs { get; }

    /// <summary>All other places.</summary>
    public int[] Edges { get; }

    /// <summary>Where place = step * i + tap * element - offset for every place i and filter element: these; null where the steps of the convolution break the rule.</summary>
    public (int Step, int Tap, int Offset)? Rule { get; private init; }

    /// <summary>Outputs that read inputs.</summary>
    public static DepthwiseAxis Forward(int outputs, int inputs, int filter, int stride, int dilation, int pad) =>
        new(outputs, inputs, filter, 1, (output, element) => (output * stride) + (element * dilation) - pad) { Rule = (stride, dilation, pad) };

    /// <summary>Inputs that read the gradients of the outputs they went to.</summary>
    public static DepthwiseAxis Backward(int outputs, int inputs, int filter, int stride, int dilation, int pad) => new(inputs, outputs, filter, stride, (input, element) =>
    {
        (int place, int rest) = Math.DivRem(input + pad - (element * dilation), stride);
        return rest == 0 ? place : null;
    })
    {
        Rule = stride == 1 ? (1, -dilation, -pad) : null,
    };

    private int Taken(int place) => Starts[place + 1] - Starts[place];

    private bool MeetSame(int place, int other) => Taken(place) == Taken(other)
        && Enumerable.Range(0, Taken(place)).All(tap => Taps[Starts[place] + tap].Element == Taps[Starts[other] + tap].Element);
}
