using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Weights that turn the bins of a spectrum into bands of the mel scale: [dft_length / 2 + 1, bands], a triangle per band whose corners lie evenly on
/// 2595 · log10(1 + f / 700). Inputs: bands, length of the transform, samples a second, lowest and highest frequency in hertz; the first two must be known.
/// </summary>
internal sealed class MelWeightMatrix : Operator
{
    public override string Name => "MelWeightMatrix";

    public override int SinceOpset => 17;

    public override int MinimumInputs => 5;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("speech", Tensor.Scalar(8L), Tensor.Scalar(64L), Tensor.Scalar(8192L), Tensor.Scalar(0f), Tensor.Scalar(4096f)) { ConstantInputs = [0, 1, 2, 3, 4] };
            yield return new("narrow bands, double", Tensor.Scalar(12), Tensor.Scalar(32), Tensor.Scalar(16000), Tensor.Scalar(125f), Tensor.Scalar(7500f))
            {
                ConstantInputs = [0, 1, 2, 3, 4],
                Attributes = Attributes.None.With("output_datatype", (int)ElementType.Double),
            };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        for (int input = 0; input < 3; input++)
        {
            context.Require(input, ElementType.Int64, ElementType.Int32);
        }

        context.Require(3, ElementType.Float, ElementType.Double);
        context.Require(4, ElementType.Float, ElementType.Double);
        long type = context.Attributes.Int("output_datatype", (long)ElementType.Float);
        var (bands, length) = (context.Longs(0), context.Longs(1));
        return type is not ((long)ElementType.Float or (long)ElementType.Double)
            ? throw context.Error("its output_datatype must be Float or Double.")
            : [new TensorType((ElementType)type, [Extent(context, length, 2, 1), Extent(context, bands, 1, 0)])];
    }

    public override Action Compile(KernelContext context)
    {
        var (bins, bands) = (context.OutputShape()[0], context.OutputShape()[1]);
        RealNumbers.Reading[] inputs = [.. Enumerable.Range(1, 4).Select(input => RealNumbers.Of(context, input))];
        var (weights, write, corners, given) = (context.Scratch<double>(bins * bands), RealNumbers.To(context), new int[bands + 2], new double[4]);
        return () =>
        {
            for (int i = 0; i < given.Length; i++)
            {
                inputs[i](given.AsSpan(i, 1));
            }

            var (lowest, highest) = (Mel(given[2]), Mel(given[3]));
            for (int i = 0; i < corners.Length; i++)
            {
                double mel = lowest + (i * ((highest - lowest) / corners.Length));
                double frequency = 700 * (DoubleMath.Pow(10, mel / 2595) - 1);
                corners[i] = (int)Math.Clamp(Math.Floor((given[0] + 1) * frequency / given[1]), 0, bins - 1);
            }

            weights.Span.Clear();
            for (int band = 0; band < bands; band++)
            {
                Raise(weights.Span, bands, band, corners[band], corners[band + 1], corners[band + 2]);
            }

            write(weights.Span);
        };
    }

    /// <summary>One triangle; one of no width on the left has its peak all the same.</summary>
    private static void Raise(Span<double> weights, int bands, int band, int left, int peak, int right)
    {
        for (int bin = left; bin <= peak; bin++)
        {
            weights[(bin * bands) + band] = left == peak ? 1 : (bin - left) / (double)(peak - left);
        }

        for (int bin = peak; bin < right; bin++)
        {
            weights[(bin * bands) + band] = (right - bin) / (double)(right - peak);
        }
    }

    private static double Mel(double frequency) => 2595 * DoubleMath.Log10(1 + (frequency / 700));

    private static Dimension Extent(ShapeContext context, ImmutableArray<long> number, long divisor, long more) =>
        number.IsDefault ? Dimension.Unknown
        : number is [>= 1 and <= int.MaxValue / 2 and var known] ? (int)((known / divisor) + more)
        : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its bands and its length must each be one number from 1 to {int.MaxValue / 2}."));
}
