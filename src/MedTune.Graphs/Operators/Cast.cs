using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The elements as the type that <c>to</c> names. Floating-point numbers are cut towards zero, those out of range become the nearest whole
/// number and NaN becomes 0 (ONNX leaves both open); whole numbers wrap around; every number but 0 is true; text is read and written in
/// the shortest form that gives the number back.
/// </summary>
internal sealed class Cast : Operator
{
    public override string Name => "Cast";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var floats = Tensor.Vector(1.5f, -1.5f, 0f, 300.75f, -0.25f);
            yield return new("float to int64", floats) { Attributes = To(ElementType.Int64), GradientInputs = [] };
            yield return new("float to int32", floats) { Attributes = To(ElementType.Int32), GradientInputs = [] };
            yield return new("float to bool", floats) { Attributes = To(ElementType.Bool), GradientInputs = [] };
            yield return new("float to double", floats) { Attributes = To(ElementType.Double), GradientInputs = [] };
            yield return new("float to float", floats) { Attributes = To(ElementType.Float) };
            yield return new("int64 to float", Tensor.Vector(5L, -7L, 1L << 40)) { Attributes = To(ElementType.Float) };
            yield return new("int64 to int8", Tensor.Vector(5L, -7L, 300L)) { Attributes = To(ElementType.Int8) };
            yield return new("bool to float", Tensor.Vector(true, false)) { Attributes = To(ElementType.Float) };
            yield return new("float to float16", Tensor.Vector(1.5f, -0.25f, 0.1f, 70000f, 1e-7f)) { Attributes = To(ElementType.Float16), GradientInputs = [] };
            yield return new("float16 to float", Tensor.Vector((Half)1.5f, (Half)(-0.1f))) { Attributes = To(ElementType.Float) };
            yield return new("float to bfloat16", Tensor.Vector(1.5f, -0.25f, 0.1f, 3e38f, float.NaN)) { Attributes = To(ElementType.BFloat16), GradientInputs = [] };
            yield return new("bfloat16 to float", Tensor.Vector(BFloat16.FromSingle(1.5f), BFloat16.FromSingle(-0.1f))) { Attributes = To(ElementType.Float) };
            yield return new("float to uint16", Tensor.Vector(1.5f, 65000f)) { Attributes = To(ElementType.UInt16), GradientInputs = [] };
            yield return new("int64 to uint32", Tensor.Vector(5L, 4000000000L)) { Attributes = To(ElementType.UInt32) };
            yield return new("text to float", Tensor.Vector("1.5", "-3e2", "0")) { Attributes = To(ElementType.Float) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        long to = context.Attributes.Int("to", 0);
        return to is (>= 1 and <= 13) or 16
            ? [new TensorType((ElementType)to, context.Input(0).Dimensions)]
            : throw context.Error(string.Create(
                CultureInfo.InvariantCulture,
                $"it casts to element type {to}; supported are float, double, float16, bfloat16, integers of 8 to 64 bits, bool and string."));
    }

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context) =>
        (ElementType)context.Attributes.Int("to", 0) is ElementType.Int64 or ElementType.Int32 ? context.Elements(0) : default;

    public override void Gradient(GradientContext context)
    {
        var input = context.Input(0).Type.Element;
        var gradient = context.OutputGradient();
        context.Set(0, input == gradient.Type.Element ? gradient : context.Builder.Cast(gradient, input));
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        // Both attributes are about 8-bit floating-point numbers, which set 18 does not have. Until set 5 the type was given by its name.
        var attributes = node.Attributes.Without("saturate").Without("round_mode");
        return node with { Attributes = opset < 6 ? attributes.With("to", NumberOf(node)) : attributes };
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => From<float>(context),
        ElementType.Double => From<double>(context),
        ElementType.Int64 => From<long>(context),
        ElementType.Int32 => From<int>(context),
        ElementType.Int8 => From<sbyte>(context),
        ElementType.UInt8 => From<byte>(context),
        ElementType.Int16 => From<short>(context),
        ElementType.UInt16 => From<ushort>(context),
        ElementType.UInt32 => From<uint>(context),
        ElementType.UInt64 => From<ulong>(context),
        ElementType.Float16 => From<Half>(context),
        ElementType.BFloat16 => FromBrain(context),
        ElementType.Bool => FromTruth(context),
        ElementType.String => FromText(context),
        var other => throw context.Unsupported(other),
    };

    private static long NumberOf(Node node) => node.Attributes.String("to", string.Empty) switch
    {
        "FLOAT" => (long)ElementType.Float,
        "DOUBLE" => (long)ElementType.Double,
        "INT64" => (long)ElementType.Int64,
        "INT32" => (long)ElementType.Int32,
        "INT8" => (long)ElementType.Int8,
        "UINT8" => (long)ElementType.UInt8,
        "BOOL" => (long)ElementType.Bool,
        "STRING" => (long)ElementType.String,
        var other => throw new InvalidGraphException(NodeErrors.Sentence(node, $"it casts to '{other}'; supported are FLOAT, DOUBLE, INT64, INT32, INT8, UINT8, BOOL and STRING.")),
    };

    private static Attributes To(ElementType type) => Attributes.None.With("to", (int)type);

    private static Action From<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var x = context.Input<T>(0);
        switch (context.OutputElement())
        {
            case ElementType.Float: return Numbers<T, float>(x, context.Output<float>());
            case ElementType.Double: return Numbers<T, double>(x, context.Output<double>());
            case ElementType.Int64: return Numbers<T, long>(x, context.Output<long>());
            case ElementType.Int32: return Numbers<T, int>(x, context.Output<int>());
            case ElementType.Int8: return Numbers<T, sbyte>(x, context.Output<sbyte>());
            case ElementType.UInt8: return Numbers<T, byte>(x, context.Output<byte>());
            case ElementType.Int16: return Numbers<T, short>(x, context.Output<short>());
            case ElementType.UInt16: return Numbers<T, ushort>(x, context.Output<ushort>());
            case ElementType.UInt32: return Numbers<T, uint>(x, context.Output<uint>());
            case ElementType.UInt64: return Numbers<T, ulong>(x, context.Output<ulong>());
            case ElementType.Float16: return Numbers<T, Half>(x, context.Output<Half>());
            case ElementType.BFloat16:
                var brain = context.Output<BFloat16>();
                return () => Map(x.Span, brain.Span, value => BFloat16.FromSingle(float.CreateSaturating(value)));
            case ElementType.Bool:
                var truth = context.Output<bool>();
                return () => Map(x.Span, truth.Span, value => value != T.Zero);
            case ElementType.String:
                string[] texts = context.OutputStrings();
                return () => Map(x.Span, texts.AsSpan(), Text);
            case var other: throw context.Unsupported(other);
        }
    }

    private static Action Numbers<T, TTo>(Buffer<T> x, Buffer<TTo> y)
        where T : unmanaged, INumber<T>
        where TTo : unmanaged, INumber<TTo>
    {
        bool isReal = typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half);
        return isReal
            ? () =>
            {
                Span<T> source = x.Span;
                Span<TTo> destination = y.Span;
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = TTo.CreateSaturating(source[i]);
                }
            }
        : () =>
            {
                Span<T> source = x.Span;
                Span<TTo> destination = y.Span;
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = TTo.CreateTruncating(source[i]);
                }
            };
    }

    private static Action FromBrain(KernelContext context)
    {
        var x = context.Input<BFloat16>(0);
        return context.OutputElement() switch
        {
            ElementType.Float => Brain(x, context.Output<float>(), value => value),
            ElementType.Double => Brain(x, context.Output<double>(), value => value),
            ElementType.Float16 => Brain(x, context.Output<Half>(), value => (Half)value),
            ElementType.BFloat16 => () => x.Span.CopyTo(context.Output<BFloat16>().Span),
            ElementType.Int64 => Brain(x, context.Output<long>(), long.CreateSaturating),
            ElementType.Int32 => Brain(x, context.Output<int>(), int.CreateSaturating),
            ElementType.Bool => Brain(x, context.Output<bool>(), value => value != 0),
            var other => throw context.Unsupported(other),
        };
    }

    private static Action Brain<T>(Buffer<BFloat16> x, Buffer<T> y, Func<float, T> convert)
        where T : unmanaged => () => Map(x.Span, y.Span, value => convert(value.ToSingle()));

    private static Action FromTruth(KernelContext context)
    {
        var x = context.Input<bool>(0);
        return context.OutputElement() switch
        {
            ElementType.Float => Choose(x, context.Output<float>(), 1f),
            ElementType.Double => Choose(x, context.Output<double>(), 1.0),
            ElementType.Int64 => Choose(x, context.Output<long>(), 1L),
            ElementType.Int32 => Choose(x, context.Output<int>(), 1),
            ElementType.Int8 => Choose(x, context.Output<sbyte>(), (sbyte)1),
            ElementType.UInt8 => Choose(x, context.Output<byte>(), (byte)1),
            ElementType.Int16 => Choose(x, context.Output<short>(), (short)1),
            ElementType.UInt16 => Choose(x, context.Output<ushort>(), (ushort)1),
            ElementType.UInt32 => Choose(x, context.Output<uint>(), (uint)1),
            ElementType.UInt64 => Choose(x, context.Output<ulong>(), (ulong)1),
            ElementType.Float16 => Choose(x, context.Output<Half>(), Half.One),
            ElementType.BFloat16 => Choose(x, context.Output<BFloat16>(), BFloat16.FromSingle(1)),
            ElementType.Bool => Choose(x, context.Output<bool>(), true),
            ElementType.String => () => Map(x.Span, context.OutputStrings().AsSpan(), truth => truth ? "1" : "0"),
            var other => throw context.Unsupported(other),
        };
    }

    private static Action Choose<T>(Buffer<bool> x, Buffer<T> y, T one)
        where T : unmanaged => () =>
        {
            Span<bool> source = x.Span;
            Span<T> destination = y.Span;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = source[i] ? one : default;
            }
        };

    private static Action FromText(KernelContext context)
    {
        string[] x = context.InputStrings(0);
        return context.OutputElement() switch
        {
            ElementType.Float => Parse(x, context.Output<float>(), text => (float)Number(text, context)),
            ElementType.Double => Parse(x, context.Output<double>(), text => Number(text, context)),
            ElementType.Int64 => Parse(x, context.Output<long>(), text => Whole(text, context)),
            ElementType.Int32 => Parse(x, context.Output<int>(), text => (int)Whole(text, context)),
            ElementType.Int8 => Parse(x, context.Output<sbyte>(), text => (sbyte)Whole(text, context)),
            ElementType.UInt8 => Parse(x, context.Output<byte>(), text => (byte)Whole(text, context)),
            ElementType.Int16 => Parse(x, context.Output<short>(), text => (short)Whole(text, context)),
            ElementType.UInt16 => Parse(x, context.Output<ushort>(), text => (ushort)Whole(text, context)),
            ElementType.UInt32 => Parse(x, context.Output<uint>(), text => (uint)Whole(text, context)),
            ElementType.UInt64 => Parse(x, context.Output<ulong>(), text => (ulong)Whole(text, context)),
            ElementType.Float16 => Parse(x, context.Output<Half>(), text => (Half)Number(text, context)),
            ElementType.BFloat16 => Parse(x, context.Output<BFloat16>(), text => BFloat16.FromSingle((float)Number(text, context))),
            ElementType.Bool => Parse(x, context.Output<bool>(), text => Number(text, context) != 0),
            ElementType.String => () => x.CopyTo(context.OutputStrings().AsSpan()),
            var other => throw context.Unsupported(other),
        };
    }

    private static Action Parse<T>(string[] x, Buffer<T> y, Func<string, T> parse)
        where T : unmanaged => () => Map(x, y.Span, parse);

    private static void Map<T, TTo>(ReadOnlySpan<T> x, Span<TTo> y, Func<T, TTo> map)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = map(x[i]);
        }
    }

    private static string Text<T>(T value)
        where T : INumber<T> =>
        T.IsNaN(value) ? "NaN" :
        T.IsPositiveInfinity(value) ? "INF" :
        T.IsNegativeInfinity(value) ? "-INF" : value.ToString(null, CultureInfo.InvariantCulture);

    private static double Number(string text, KernelContext context)
    {
        // A text goes to float over double: at most a tie of the last bit is settled differently than in one step.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return number;
        }

        return text.Trim().ToUpperInvariant() switch
        {
            "INF" or "+INF" or "INFINITY" or "+INFINITY" => double.PositiveInfinity,
            "-INF" or "-INFINITY" => double.NegativeInfinity,
            "NAN" => double.NaN,
            _ => throw NoNumber(context),
        };
    }

    private static long Whole(string text, KernelContext context) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw NoNumber(context);

    // The text itself may be a patient's and stays out of the message.
    private static InvalidGraphException NoNumber(KernelContext context) => context.Error("it is given a text that is no number.");
}
