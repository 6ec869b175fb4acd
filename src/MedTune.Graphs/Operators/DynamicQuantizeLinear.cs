using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// x as UInt8 with the scale (output 1) and zero point (output 2) that make the most of its range: from the lowest to the highest value, zero always within.
/// </summary>
internal sealed class DynamicQuantizeLinear : Operator
{
    public override string Name => "DynamicQuantizeLinear";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 1;

    public override int MaximumOutputs => 3;

    public override int RequiredOutputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("both signs", Sample.Values(1, 3, 5)) { Outputs = 3 };
            yield return new("positive", Sample.Positive(4, 2, 7)) { Outputs = 3 };
            yield return new("negative", Tensor.Vector(-1f, -2.1f, -1.3f, -2.5f, -3.34f, -4f)) { Outputs = 3 };
            yield return new("zeros", Tensor.Vector(0f, 0f)) { Outputs = 3 };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double);
        return [type with { Element = ElementType.UInt8 }, new TensorType(type.Element, []), new TensorType(ElementType.UInt8, [])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, IFloatingPoint<T>
    {
        var (x, y) = (context.Input<T>(0), context.Output<byte>());
        var scales = context.HasOutput(1) ? context.Output<T>(1) : context.Scratch<T>(1);
        var zeros = context.HasOutput(2) ? context.Output<byte>(2) : context.Scratch<byte>(1);
        return () =>
        {
            (T lowest, T highest) = (T.Zero, T.Zero);
            foreach (T value in x.Span)
            {
                lowest = value < lowest ? value : lowest;
                highest = value > highest ? value : highest;
            }

            T scale = lowest == highest ? T.One : (highest - lowest) / T.CreateChecked(byte.MaxValue);
            int zero = QuantizedValues.Rounded(double.CreateChecked(-lowest / scale), 0, 0, byte.MaxValue);
            (scales[0], zeros[0]) = (scale, (byte)zero);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = (byte)QuantizedValues.Rounded(double.CreateChecked(x[i] / scale), zero, 0, byte.MaxValue);
            }
        };
    }
}
