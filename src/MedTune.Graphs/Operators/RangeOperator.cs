using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Numbers from the first input up to, not including, the second, in steps of the third: element i is start + i · step. Named <c>Range</c> in ONNX.</summary>
internal sealed class RangeOperator : Operator
{
    public override string Name => "Range";

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("float", Tensor.Scalar(1f), Tensor.Scalar(4.25f), Tensor.Scalar(0.5f)) { ConstantInputs = [0, 1, 2], GradientInputs = [] };
            yield return new("downwards", Tensor.Scalar(10L), Tensor.Scalar(4L), Tensor.Scalar(-2L)) { ConstantInputs = [0, 1, 2] };
            yield return new("empty", Tensor.Scalar(10L), Tensor.Scalar(4L), Tensor.Scalar(2L)) { ConstantInputs = [0, 1, 2] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32);
        context.RequireSame(1, 0);
        context.RequireSame(2, 0);
        int? count = context.Constant(0) switch
        {
            Tensor<float> => Count<float>(context),
            Tensor<double> => Count<double>(context),
            Tensor<long> => Count<long>(context),
            Tensor<int> => Count<int>(context),
            _ => null,
        };
        return [new TensorType(type.Element, [count is int known ? known : Dimension.Unknown])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        var other => throw context.Unsupported(other),
    };

    private static int? Count<T>(ShapeContext context)
        where T : unmanaged, INumber<T>
    {
        if (context.Constant(0) is not Tensor<T> { Length: 1 } start || context.Constant(1) is not Tensor<T> { Length: 1 } limit || context.Constant(2) is not Tensor<T> { Length: 1 } step)
        {
            return null;
        }

        double size = double.CreateSaturating(step.Values[0]);
        double count = Math.Ceiling((double.CreateSaturating(limit.Values[0]) - double.CreateSaturating(start.Values[0])) / size);
        return size != 0 && count <= int.MaxValue
            ? (int)Math.Max(count, 0)
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its step is 0 or not a number, or it has more than {int.MaxValue} elements."));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var (start, step, y) = (context.Input<T>(0), context.Input<T>(2), context.Output<T>());
        return () =>
        {
            Span<T> destination = y.Span;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = start[0] + (T.CreateTruncating(i) * step[0]);
            }
        };
    }
}
