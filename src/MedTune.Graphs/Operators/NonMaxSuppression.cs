using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Per image and class the boxes of highest score that overlap none of those taken before by more than a share. Inputs: boxes [images, boxes, 4]
/// (corners y1, x1, y2, x2; or centre x, y, width, height with <c>center_point_box</c> = 1), scores [images, classes, boxes], most boxes a class (0 by
/// default), highest intersection over union (0), lowest score (none). Output: [taken, 3], image, class and box.
/// </summary>
internal sealed class NonMaxSuppression : Operator
{
    public override string Name => "NonMaxSuppression";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 5;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var boxes = Tensor.Create(new Shape(1, 4, 4), [0f, 0, 1, 1, 0, 0.125f, 1, 1.125f, 0, 2, 1, 3, 1, 4, 0, 3]);
            var scores = Tensor.Create(new Shape(1, 2, 4), [0.5f, 0.75f, 0.25f, 0.625f, 0.875f, 0.125f, 0.0625f, 0.5f]);
            OperatorCase Of(string name, params Tensor?[] limits) => new(name, [boxes, scores, .. limits]) { ConstantInputs = [.. Enumerable.Range(0, 2 + limits.Length)], GradientInputs = [] };
            yield return Of("all limits", Tensor.Scalar(3L), Tensor.Scalar(0.5f), Tensor.Scalar(0.1875f));
            yield return Of("every box", Tensor.Scalar(9L), Tensor.Scalar(1f));
            yield return Of("one a class", Tensor.Vector(1L), Tensor.Vector(0.5f));
            yield return Of("centres", Tensor.Scalar(3L), Tensor.Scalar(0.25f)) with { Attributes = Attributes.None.With("center_point_box", 1) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (boxes, scores) = (context.Require(0, ElementType.Float), context.Require(1, ElementType.Float));
        bool fits = (!boxes.HasRank || (boxes.Rank == 3 && (boxes.Dimensions[2].Value ?? 4) == 4)) && (!scores.HasRank || scores.Rank == 3);
        bool agrees = !boxes.HasRank || !scores.HasRank || !fits || (Agree(boxes.Dimensions[0], scores.Dimensions[0]) && Agree(boxes.Dimensions[1], scores.Dimensions[2]));
        if (!fits || !agrees)
        {
            throw context.Error($"its boxes are {boxes} and its scores {scores}; [images, boxes, 4] and [images, classes, boxes] were expected.");
        }

        bool isKnown = Enumerable.Range(0, context.InputCount).All(i => !context.Has(i) || context.Constant(i) is not null);
        return [new TensorType(ElementType.Int64, [isKnown ? Taken([.. Enumerable.Range(0, context.InputCount).Select(context.Constant)], context.Attributes).Count : Dimension.Unknown, 3])];
    }

    public override Action Compile(KernelContext context)
    {
        // The number of boxes is there only because the inputs are known, and with them everything else.
        long[] taken = [.. Taken([.. Enumerable.Range(0, context.InputCount).Select(context.Constant)], context.Attributes).SelectMany(box => new[] { box.Image, box.Class, box.Box })];
        var y = context.Output<long>();
        return () => taken.CopyTo(y.Span);
    }

    private static bool Agree(Dimension a, Dimension b) => a.Value is null || b.Value is null || a.Value == b.Value;

    private static List<(long Image, long Class, long Box)> Taken(ImmutableArray<Tensor?> inputs, Attributes attributes)
    {
        double Number(int input, double otherwise) => input >= inputs.Length ? otherwise : inputs[input] switch
        {
            Tensor<long> { Length: 1 } tensor => tensor.Values[0],
            Tensor<float> { Length: 1 } tensor => tensor.Values[0],
            Tensor<double> { Length: 1 } tensor => tensor.Values[0],
            _ => otherwise,
        };

        var taken = new List<(long, long, long)>();
        var (scores, shape) = (Doubles(inputs[1]!), inputs[1]!.Shape);
        double[] corners = Corners(Doubles(inputs[0]!), attributes.Int("center_point_box", 0) == 1);
        var (most, overlap, lowest) = (Number(2, 0), Number(3, 0), Number(4, double.NegativeInfinity));
        bool isLimited = inputs.Length > 4 && inputs[4] is not null;
        for (int image = 0; image < shape[0]; image++)
        {
            for (int label = 0; label < shape[1]; label++)
            {
                int row = ((image * shape[1]) + label) * shape[2];
                var kept = new List<int>();
                foreach (int box in Enumerable.Range(0, shape[2]).Where(box => !isLimited || scores[row + box] > lowest).OrderByDescending(box => scores[row + box]))
                {
                    if (kept.Count < most && kept.TrueForAll(other => Overlap(corners, (image * shape[2]) + other, (image * shape[2]) + box) <= overlap))
                    {
                        kept.Add(box);
                        taken.Add((image, label, box));
                    }
                }
            }
        }

        return taken;
    }

    private static double[] Doubles(Tensor tensor) => tensor is Tensor<float> single ? [.. single.Values.ToArray().Select(value => (double)value)] : tensor.Values<double>().ToArray();

    /// <summary>Lowest y, lowest x, highest y, highest x of every box.</summary>
    private static double[] Corners(double[] boxes, bool isCentred)
    {
        for (int i = 0; i < boxes.Length; i += 4)
        {
            var (a, b, c, d) = (boxes[i], boxes[i + 1], boxes[i + 2], boxes[i + 3]);
            (a, b, c, d) = isCentred ? (b - (d / 2), a - (c / 2), b + (d / 2), a + (c / 2)) : (a, b, c, d);
            (boxes[i], boxes[i + 1], boxes[i + 2], boxes[i + 3]) = (Math.Min(a, c), Math.Min(b, d), Math.Max(a, c), Math.Max(b, d));
        }

        return boxes;
    }

    private static double Overlap(double[] corners, int first, int second)
    {
        var a = corners.AsSpan(4 * first, 4);
        var b = corners.AsSpan(4 * second, 4);
        double height = Math.Max(0, Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]));
        double width = Math.Max(0, Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]));
        double shared = height * width;
        double whole = ((a[2] - a[0]) * (a[3] - a[1])) + ((b[2] - b[0]) * (b[3] - b[1])) - shared;
        return shared <= 0 || whole <= 0 ? 0 : shared / whole;
    }
}
