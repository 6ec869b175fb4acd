using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The value that belongs to each key, or the default: keys and values are text, Int64 or Float. A NaN key stands for every NaN; of equal keys
/// the first counts. Newer and older forms of the attributes are brought to those of <c>ai.onnx.ml</c> 3.
/// </summary>
internal sealed class LabelEncoder : Operator
{
    private static readonly string[] Kinds = ["strings", "int64s", "floats"];

    public override string Name => "LabelEncoder";

    public override string Domain => "ai.onnx.ml";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var texts = Tensor.Create(new Shape(5, 1), ["f", "m", string.Empty, "F", "名"]);
            var codes = Mapping<string, long>("keys_strings", ["f", "m", "名"], "values_int64s", [0, 1, 2]).With("default_int64", 3);
            yield return new("text to int64", texts) { Attributes = codes };
            yield return new("text to float", texts)
            {
                Attributes = Mapping<string, float>("keys_strings", ["f", "m"], "values_floats", [0.5f, -2f]).With("default_float", 7f),
            };
            yield return new("float to int64", Tensor.Vector(1f, 2f, 2.5f, float.NaN, -0f))
            {
                Attributes = Mapping<float, long>("keys_floats", [0f, 1f, 2f, float.NaN], "values_int64s", [10, 11, 12, 13]),
                GradientInputs = [],
            };
            yield return new("int64 to text", Tensor.Vector(0L, 1L, 9L))
            {
                Attributes = Mapping<long, string>("keys_int64s", [0, 1], "values_strings", ["no", "yes"]),
            };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (keys, values) = (Kind(context.Attributes, "keys_"), Kind(context.Attributes, "values_"));
        if (keys is null || values is null || Count(context.Attributes, "keys_" + keys) != Count(context.Attributes, "values_" + values))
        {
            throw context.Error("it needs one list of keys and one list of values of the same length.");
        }

        context.Require(0, ElementOf(keys));
        return [new TensorType(ElementOf(values), context.Input(0).Dimensions)];
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) =>
        opset == 1 ? FromClasses(node, builder) : opset >= 4 ? FromTensors(node) : WithoutNaN(node);

    public override Action Compile(KernelContext context)
    {
        var attributes = context.Attributes;
        switch (Kind(attributes, "keys_"))
        {
            case "strings":
                string[] texts = context.InputStrings(0);
                return Values(context, attributes.Strings("keys_strings"), StringComparer.Ordinal, i => texts[i]);
            case "int64s":
                var longs = context.Input<long>(0);
                return Values(context, attributes.Ints("keys_int64s"), null, i => longs[i]);
            default:
                if (context.ElementOf(0) == ElementType.Double)
                {
                    var doubles = context.Input<double>(0);
                    return Values(context, attributes.Floats("keys_floats"), null, i => (float)doubles[i]);
                }

                var floats = context.Input<float>(0);
                return Values(context, attributes.Floats("keys_floats"), null, i => floats[i]);
        }
    }

    /// <summary>Whether NaN has a value of its own, which only version 4 of <c>ai.onnx.ml</c> can say.</summary>
    internal static bool HasNaNKey(Node node) =>
        node.OpType == "LabelEncoder" && node.Attributes.Floats("keys_floats") is { IsDefault: false } keys && keys.Any(float.IsNaN);

    private static Attributes Mapping<TKey, TValue>(string keysName, ImmutableArray<TKey> keys, string valuesName, ImmutableArray<TValue> values) =>
        Attributes.None.With(keysName, keys).With(valuesName, values);

    private static Action Values<TKey>(KernelContext context, ImmutableArray<TKey> keys, IEqualityComparer<TKey>? comparer, Func<int, TKey> input)
        where TKey : notnull
    {
        // .NET's Equals takes NaN for equal to NaN, and -0 for 0: just what is wanted of float keys.
        var places = new Dictionary<TKey, int>(comparer);
        for (int i = 0; i < keys.Length; i++)
        {
            places.TryAdd(keys[i], i);
        }

        var attributes = context.Attributes;
        switch (Kind(attributes, "values_"))
        {
            case "strings":
                string[] texts = context.OutputStrings();
                return Fill(places, attributes.Strings("values_strings"), attributes.String("default_string", "_Unused"), input, texts.Length, (i, value) => texts[i] = value);
            case "int64s":
                var longs = context.Output<long>();
                return Fill(places, attributes.Ints("values_int64s"), attributes.Int("default_int64", -1), input, longs.Length, (i, value) => longs[i] = value);
            default:
                var (numbers, otherwise) = (attributes.Floats("values_floats"), attributes.Float("default_float", -0f));
                if (context.OutputElement() == ElementType.Double)
                {
                    var doubles = context.Output<double>();
                    return Fill(places, numbers, otherwise, input, doubles.Length, (i, value) => doubles[i] = value);
                }

                var floats = context.Output<float>();
                return Fill(places, numbers, otherwise, input, floats.Length, (i, value) => floats[i] = value);
        }
    }

    private static Action Fill<TKey, TValue>(
        Dictionary<TKey, int> places,
        ImmutableArray<TValue> values,
        TValue otherwise,
        Func<int, TKey> input,
        int length,
        Action<int, TValue> output)
        where TKey : notnull => () =>
        {
            // Neighbouring samples often have the same text, as one object, which saves the hash.
            TKey? last = default;
            TValue found = otherwise;
            for (int i = 0; i < length; i++)
            {
                var key = input(i);
                if (typeof(TKey) != typeof(string) || !ReferenceEquals(key, last))
                {
                    found = places.TryGetValue(key, out int place) ? values[place] : otherwise;
                    last = key;
                }

                output(i, found);
            }
        };

    /// <summary>Version 1 knows a list of texts and their places; which way it goes, the input's type says.</summary>
    private static Node FromClasses(Node node, GraphBuilder builder)
    {
        var classes = node.Attributes.Strings("classes_strings");
        if (classes.IsDefault || node.Inputs.Length != 1)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "it needs one input and the attribute 'classes_strings'."));
        }

        var places = ImmutableArray.CreateRange(Enumerable.Range(0, classes.Length).Select(place => (long)place));
        bool fromText = builder[node.Inputs[0]].Type.Element == ElementType.String;
        var attributes = node.Attributes.Without("classes_strings");
        return node with
        {
            Attributes = fromText
                ? attributes.With("keys_strings", classes).With("values_int64s", places)
                : attributes.With("keys_int64s", places).With("values_strings", classes),
        };
    }

    /// <summary>Before version 4 nothing equals a NaN key, NaN neither.</summary>
    private static Node WithoutNaN(Node node)
    {
        var keys = node.Attributes.Floats("keys_floats");
        string? values = Kind(node.Attributes, "values_");
        if (!HasNaNKey(node) || values is null || keys.Length != Count(node.Attributes, "values_" + values))
        {
            return node;
        }

        int[] kept = [.. Enumerable.Range(0, keys.Length).Where(i => !float.IsNaN(keys[i]))];
        object list = values switch
        {
            "strings" => Pick(node.Attributes.Strings("values_strings"), kept),
            "int64s" => Pick(node.Attributes.Ints("values_int64s"), kept),
            _ => Pick(node.Attributes.Floats("values_floats"), kept),
        };
        return node with { Attributes = node.Attributes.With("keys_floats", Pick(keys, kept)).With("values_" + values, list) };
    }

    private static ImmutableArray<T> Pick<T>(ImmutableArray<T> values, int[] places) => [.. places.Select(place => values[place])];

    /// <summary>Version 4 can hold keys, values and default as tensors.</summary>
    private static Node FromTensors(Node node)
    {
        var attributes = node.Attributes;
        foreach (string side in (string[])["keys_", "values_"])
        {
            if (attributes.Tensor(side + "tensor") is { } tensor)
            {
                var (kind, list) = ListOf(node, tensor);
                attributes = attributes.Without(side + "tensor").With(side + kind, list);
            }
        }

        if (attributes.Tensor("default_tensor") is { } otherwise)
        {
            if (otherwise.Length != 1)
            {
                throw new InvalidGraphException(NodeErrors.Sentence(node, "its default must be one element."));
            }

            attributes = attributes.Without("default_tensor");
            attributes = otherwise switch
            {
                Tensor<string> typed => attributes.With("default_string", typed.Values[0]),
                Tensor<long> typed => attributes.With("default_int64", typed.Values[0]),
                Tensor<float> typed => attributes.With("default_float", typed.Values[0]),
                _ => throw Unsupported(node, otherwise),
            };
        }

        return node with { Attributes = attributes };
    }

    private static (string Kind, object List) ListOf(Node node, Tensor tensor) => tensor switch
    {
        Tensor<string> typed => ("strings", ImmutableArray.Create(typed.Values)),
        Tensor<long> typed => ("int64s", ImmutableArray.Create(typed.Values)),
        Tensor<float> typed => ("floats", ImmutableArray.Create(typed.Values)),
        _ => throw Unsupported(node, tensor),
    };

    private static InvalidGraphException Unsupported(Node node, Tensor tensor) => new(NodeErrors.Sentence(
        node, string.Create(CultureInfo.InvariantCulture, $"it maps {tensor.Type} elements; only text, Int64 and Float can be mapped.")));

    private static string? Kind(Attributes attributes, string side)
    {
        string[] present = [.. Kinds.Where(kind => attributes.Has(side + kind))];
        return present.Length == 1 ? present[0] : null;
    }

    private static int Count(Attributes attributes, string list) =>
        list.EndsWith("strings", StringComparison.Ordinal) ? attributes.Strings(list).Length :
        list.EndsWith("int64s", StringComparison.Ordinal) ? attributes.Ints(list).Length : attributes.Floats(list).Length;

    private static ElementType ElementOf(string kind) => kind switch
    {
        "strings" => ElementType.String,
        "int64s" => ElementType.Int64,
        _ => ElementType.Float,
    };
}
