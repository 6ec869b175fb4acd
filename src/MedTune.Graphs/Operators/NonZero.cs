using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The places of the elements that are not 0, in row-major order: [rank, count], one row per axis.</summary>
internal sealed class NonZero : Operator
{
    public override string Name => "NonZero";

    public override int SinceOpset => 9;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("numbers", Tensor.Create(new Shape(2, 3), [0f, 1.5f, 0f, -2f, 0f, 0.25f])) { ConstantInputs = [0] };
            yield return new("truth values", Sample.Bools(1, 2, 2, 3)) { ConstantInputs = [0] };
            yield return new("whole numbers", Tensor.Vector(0L, 3L, -1L, 0L)) { ConstantInputs = [0] };
            yield return new("none", Tensor.Vector(0f, 0f)) { ConstantInputs = [0] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.Int8, ElementType.UInt8, ElementType.Bool);
        var rank = x.HasRank ? Math.Max(1, x.Rank) : Dimension.Unknown;
        return [new TensorType(ElementType.Int64, [rank, context.Constant(0) is { } known ? Flags(known).Count(isSet => isSet) : Dimension.Unknown])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        ElementType.Int8 => Compile<sbyte>(context),
        ElementType.UInt8 => Compile<byte>(context),
        ElementType.Bool => CompileTruth(context),
        var other => throw context.Unsupported(other),
    };

    private static bool[] Flags(Tensor tensor) => tensor switch
    {
        Tensor<float> typed => FlagsOf<float>(typed.Values),
        Tensor<double> typed => FlagsOf<double>(typed.Values),
        Tensor<long> typed => FlagsOf<long>(typed.Values),
        Tensor<int> typed => FlagsOf<int>(typed.Values),
        Tensor<sbyte> typed => FlagsOf<sbyte>(typed.Values),
        Tensor<byte> typed => FlagsOf<byte>(typed.Values),
        _ => tensor.Values<bool>().ToArray(),
    };

    private static bool[] FlagsOf<T>(ReadOnlySpan<T> values)
        where T : INumber<T>
    {
        var flags = new bool[values.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] = values[i] != T.Zero;
        }

        return flags;
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var x = context.Input<T>(0);
        return Walk(context, i => x[i] != T.Zero);
    }

    private static Action CompileTruth(KernelContext context)
    {
        var x = context.Input<bool>(0);
        return Walk(context, i => x[i]);
    }

    private static Action Walk(KernelContext context, Func<int, bool> isSet)
    {
        var shape = context.InputShape(0);
        int[] strides = shape.Rank == 0 ? [1] : StridedCopy.Strides(shape);
        int[] extents = shape.Rank == 0 ? [1] : shape.Extents.ToArray();
        int count = context.OutputShape()[1];
        var y = context.Output<long>();
        return () =>
        {
            for (int i = 0, found = 0; i < shape.Length && found < count; i++)
            {
                if (isSet(i))
                {
                    for (int axis = 0; axis < extents.Length; axis++)
                    {
                        y[(axis * count) + found] = i / strides[axis] % extents[axis];
                    }

                    found++;
                }
            }
        };
    }
}
