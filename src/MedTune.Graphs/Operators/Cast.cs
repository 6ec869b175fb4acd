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
            yield return new("text to float", Tensor.Vector("1.5", "-3e2", "0")) { Attributes = To(ElementType.Float) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        long to = context.Attributes.Int("to", 0);
        return to is 1 or 2 or 3 or 6 or 7 or 8 or 9 or 11
            ? [new TensorType((ElementType)to, context.Input(0).Dimensions)]
            : throw context.Error(string.Create(
                CultureInfo.InvariantCulture,
                $"it casts to element type {to}; supported are float, double, int64, int32, int8, uint8, bool and string."));
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
        bool isReal = typeof(T) == typeof(float) || typeof(T) == typeof(double);
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
