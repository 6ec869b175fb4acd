using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// A window of as many elements as the input says: a sum of cosines of 0, 1 and 2 turns over its length, which is one step longer than the window when it is
/// periodic (1 by default). The length must be known before the model runs.
/// </summary>
internal abstract class CosineWindow : Operator
{
    private const double TwoPi = 6.283185307179586;

    public override int SinceOpset => 17;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("periodic", Tensor.Scalar(10L)) { ConstantInputs = [0] };
            yield return new("symmetric", Tensor.Scalar(7)) { ConstantInputs = [0], Attributes = Attributes.None.With("periodic", 0) };
            yield return new("double", Tensor.Scalar(4L)) { ConstantInputs = [0], Attributes = Attributes.None.With("output_datatype", (int)ElementType.Double) };
        }
    }

    /// <summary>The factors of no, one and two turns.</summary>
    protected abstract (double Constant, double One, double Two) Factors { get; }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.Int64, ElementType.Int32);
        long type = context.Attributes.Int("output_datatype", (long)ElementType.Float);
        var length = context.Longs(0);
        return type is not ((long)ElementType.Float or (long)ElementType.Double)
            ? throw context.Error("its output_datatype must be Float or Double.")
            : !length.IsDefault && (length.Length != 1 || length[0] is < 0 or > int.MaxValue)
            ? throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its length must be one number from 0 to {int.MaxValue}."))
            : [new TensorType((ElementType)type, [length.IsDefault ? Dimension.Unknown : (int)length[0]])];
    }

    public override Action Compile(KernelContext context)
    {
        int length = context.OutputShape()[0];
        int turn = Math.Max(1, context.Attributes.Int("periodic", 1) != 0 ? length : length - 1);
        var (constant, one, two) = Factors;
        var values = new double[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = constant + (one * DoubleMath.Cos(TwoPi * i / turn)) + (two * DoubleMath.Cos(2 * TwoPi * i / turn));
        }

        var write = RealNumbers.To(context);
        return () => write(values);
    }
}
