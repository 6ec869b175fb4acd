namespace MedTune.Tensors;

/// <summary>Which places of the other side each place of one axis meets, and with which filter element: forward or backward alike.</summary>
internal sealed class DepthwiseAxis
{
    private DepthwiseAxis(int count, int size, int filter, Func<int, int, int?> place)
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

        // The longest stretch in which all elements meet, each place one fixed step after its neighbor's.
        int first = 0;
        while (first < count && Starts[first + 1] - Starts[first] < filter)
        {
            first++;
        }

        int end = first;
        while (end < count && Starts[end + 1] - Starts[end] == filter)
        {
            end++;
        }

        (InnerFirst, InnerEnd) = (first, end);
        Step = end - first > 1 ? Taps[Starts[first + 1]].Place - Taps[Starts[first]].Place : 0;
    }

    /// <summary>Places along this axis.</summary>
    public int Count { get; }

    /// <summary>Places along the other side's axis.</summary>
    public int Size { get; }

    /// <summary>Where each place's taps start; one more for the end.</summary>
    public int[] Starts { get; }

    /// <summary>Place on the other side and filter element, in the order of the filter.</summary>
    public (int Place, int Element)[] Taps { get; }

    /// <summary>The first place that meets all filter elements.</summary>
    public int InnerFirst { get; }

    /// <summary>The first place after those.</summary>
    public int InnerEnd { get; }

    /// <summary>How far the other side moves from one inner place to the next.</summary>
    public int Step { get; }

    /// <summary>Where place = step * i + tap * element - offset for every place i and filter element: these; null where the steps of the convolution break the rule.</summary>
    public (int Step, int Tap, int Offset)? Rule { get; private init; }

    /// <summary>Outputs that read inputs.</summary>
    public static DepthwiseAxis Forward(int outputs, int inputs, int filter, int stride, int dilation, int pad) =>
        new(outputs, inputs, filter, (output, element) => (output * stride) + (element * dilation) - pad) { Rule = (stride, dilation, pad) };

    /// <summary>Inputs that read the gradients of the outputs they went to.</summary>
    public static DepthwiseAxis Backward(int outputs, int inputs, int filter, int stride, int dilation, int pad) => new(inputs, outputs, filter, (input, element) =>
    {
        (int place, int rest) = Math.DivRem(input + pad - (element * dilation), stride);
        return rest == 0 ? place : null;
    })
    {
        Rule = stride == 1 ? (1, -dilation, -pad) : null,
    };
}
