using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Class numbers [rows, sample_size] drawn with the probabilities of each row of [rows, classes], which are given as logarithms up to a constant. See
/// <see cref="Draws"/> for the generator.
/// </summary>
internal sealed class Multinomial : Operator
{
    public override string Name => "Multinomial";

    public override int SinceOpset => 7;

    public override int MinimumInputs => 1;

    public override bool CanFold => false;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var certain = Tensor.Create(new Shape(2, 3), [float.NegativeInfinity, 0f, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, 2f]);
            yield return new("certain", certain) { Attributes = Attributes.None.With("sample_size", 4) };
            yield return new("seed", Sample.Values(1, 3, 5)) { Attributes = Attributes.None.With("sample_size", 20).With("seed", 2f).With("dtype", (int)ElementType.Int64), HasGolden = false };
            yield return new("no seed", Sample.Values(2, 2, 4)) { HasGolden = false };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        var type = (ElementType)context.Attributes.Int("dtype", (long)ElementType.Int32);
        long count = context.Attributes.Int("sample_size", 1);
        return (x.HasRank && x.Rank != 2) || type is not (ElementType.Int32 or ElementType.Int64) || count is < 0 or > int.MaxValue
            ? throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input is {x}, its sample_size {count}; [rows, classes], and Int32 or Int64 numbers, were expected."))
            : [new TensorType(type, [x.HasRank ? x.Dimensions[0] : Dimension.Unknown, (int)count])];
    }

    public override Action Compile(KernelContext context)
    {
        var (rows, classes) = (context.InputShape(0)[0], context.InputShape(0)[1]);
        int count = context.OutputShape()[1];
        var (read, write) = (RealNumbers.Of(context, 0), RealNumbers.To(context));
        var (sums, drawn) = (context.Scratch<double>(rows * classes), context.Scratch<double>(rows * count));
        var numbers = Draws.Of(context.Node);
        return () =>
        {
            read(sums.Span);
            for (int row = 0; row < rows; row++)
            {
                var chances = sums.Span.Slice(row * classes, classes);
                AddUp(chances);
                for (int i = row * count; i < (row + 1) * count; i++)
                {
                    drawn[i] = Below(chances, numbers.UniformDouble((ulong)i) * chances[^1]);
                }
            }

            write(drawn.Span);
        };
    }

    /// <summary>Logarithms to running sums of what they are logarithms of, times a constant.</summary>
    private static void AddUp(Span<double> row)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double value in row)
        {
            largest = Math.Max(largest, value);
        }

        foreach (ref double value in row)
        {
            sum += DoubleMath.Exp(value - largest);
            value = sum;
        }
    }

    /// <summary>The first class whose running sum is above a number.</summary>
    private static int Below(ReadOnlySpan<double> sums, double number)
    {
        int place = 0;
        while (place < sums.Length - 1 && sums[place] <= number)
        {
            place++;
        }

        return place;
    }
}
