using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Graphs.Operators;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Operators;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Graphs.Files;

/// <summary>What we write, another runtime must run, with the same answers within 1e-5.</summary>
public sealed class OnnxRuntimeComparisonTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-5;
    private const string OtherNumbers = "It draws other numbers.";
    private const string OtherOrder = "It takes post_transform 1 for logistic and 2 for softmax; in the standard it is the other way round.";
    private const string SingleScore = "It leaves the score of a single target as it is.";
    private const string NoSteps = "Its last state of a sequence without steps is zero; ours is the initial one.";
    private const string WholeLength = "It counts with the whole length of the output, and the standard's own cases with the scale times that of the input.";

    /// <summary>Sample cases, or outputs of theirs, that this release of ONNX Runtime has no kernel for, or answers in its own way, each with the reason.</summary>
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        ["Cast: float to float16"] = "JavaScript has no such numbers.",
        ["Cast: float16 to float"] = "JavaScript has no such numbers.",
        ["Cast: float to bfloat16"] = "JavaScript has no such numbers.",
        ["Cast: bfloat16 to float"] = "JavaScript has no such numbers.",
        ["Pow: unsigned exponents"] = "It has no code for UInt32.",
        ["LSTM: reverse, samples first"] = "It has no layout 1.",
        ["GRU: samples first"] = "It has no layout 1.",
        ["RNN: samples first"] = "It has no layout 1.",
        ["RNN: an empty sequence"] = "It gives 0 for the last state; here the initial one stays.",
        ["ZipMap"] = "It gives maps where we keep the tensor.",
        ["Mean: whole numbers"] = "ONNX has it for floating-point numbers only.",
        ["Sum: whole numbers"] = "ONNX has it for floating-point numbers only.",
        ["DepthToSpace: whole numbers"] = "It has no code for Int64.",
        ["StringNormalizer"] = "It wants a locale of the operating system.",
        ["SpaceToDepth: whole numbers"] = "It has no code for Int64.",
        ["Einsum: broadcast ellipses"] = "It wants equal extents behind an ellipsis.",
        ["GRU: linear before reset"] = "It takes time first only.",
        ["LSTM: everything: y1"] = NoSteps,
        ["LSTM: everything: y2"] = NoSteps,
        ["GRU: everything: y1"] = NoSteps,
        ["RNN: everything: y1"] = NoSteps,
        ["ConvInteger: groups"] = "It takes one zero point for all weights.",
        ["QLinearConv: channels, padding, bias"] = "It takes one zero point for all weights.",
        ["MatMulInteger: rows"] = "It takes one zero point for the whole left matrix.",
        ["QLinearMatMul: rows, columns"] = "It takes one zero point for the whole left matrix.",
        ["LRN: size 4"] = "It takes odd sizes only.",
        ["LRN: wider than the channels"] = "It takes images only.",
        ["LRN: no other axes"] = "It takes images only.",
        ["Resize: cubic, three axes"] = "It resizes no more than two axes by cubics.",
        ["Resize: linear, nothing outside"] = "It leaves elements out for cubics only.",
        ["Resize: nearest, nothing outside"] = "It leaves elements out for cubics only.",
        ["Resize: nearest, smoothed"] = "It smooths for linear and cubic only.",
        ["Resize: nearest, align_corners, smaller"] = WholeLength,
        ["Resize: linear, align_corners, larger"] = WholeLength,
        ["Resize: linear, align_corners, smaller"] = WholeLength,
        ["Resize: cubic, align_corners, larger"] = WholeLength,
        ["Resize: cubic, align_corners, smaller"] = WholeLength,
        ["DFT: long"] = "Its sums are in single precision; ours are in double.",
        ["STFT: complex"] = "It gives other numbers for complex signals than the transform of the windowed frames has; numpy gives ours.",
        ["TreeEnsemble: average, logistic"] = OtherOrder,
        ["TreeEnsemble: missing is true, softmax"] = OtherOrder,
        ["Optional"] = "It gives an optional value, which no output of ours is.",
        ["RandomNormal: certain"] = "It takes no scale of 0.",
        ["RandomNormalLike: certain"] = "It takes no scale of 0.",
        ["Bernoulli"] = "It gives 1 with the probability of a 0.",
        ["RandomNormal: seed"] = OtherNumbers,
        ["RandomNormal: double, no seed"] = OtherNumbers,
        ["RandomNormalLike: seed"] = OtherNumbers,
        ["RandomNormalLike: double, no seed"] = OtherNumbers,
        ["RandomUniform: seed"] = OtherNumbers,
        ["RandomUniform: double, no seed"] = OtherNumbers,
        ["RandomUniformLike: seed"] = OtherNumbers,
        ["RandomUniformLike: double, no seed"] = OtherNumbers,
        ["Multinomial: seed"] = OtherNumbers,
        ["Multinomial: no seed"] = OtherNumbers,
        ["CenterCropPad: whole numbers"] = "It takes shapes of Int64 only.",
        ["SVMRegressor: logistic"] = SingleScore,
        ["Resize: vector"] = "It resizes no vectors linearly.",
    };

    [Fact]
    public void TabularModel_RawColumns_GivesTheSameProbabilities()
    {
        if (IsLeftOut())
        {
            return;
        }

        var builder = GraphBuilder.From(SampleGraphs.Tabular());
        var logits = builder["logits"];
        builder.Output(builder.Append("Softmax", [logits], Attributes.None.With("axis", 1)), "p");
        builder.Output(builder.Append("Sigmoid", [logits]), "q");
        var graph = builder.Build();
        var inputs = new Dictionary<string, Tensor>
        {
            ["age"] = Tensor.Create(new Shape(6, 1), [63f, float.NaN, 0f, -5.5f, 120f, float.NaN]),
            ["性别"] = Tensor.Create(new Shape(6, 1), ["f", "m", "女", string.Empty, "unknown", "F"]),
        };

        int compared = Compare(graph, inputs, "N", 6);

        Assert.Equal(3, compared);
    }

    [Fact]
    public void SampleCases_OfEveryOperator_GiveTheSameOutputs()
    {
        if (IsLeftOut())
        {
            return;
        }

        // In operator set 5 of ai.onnx.ml, which has TreeEnsemble, the older forms of trees are no longer allowed.
        int compared = 0;
        foreach (var group in OperatorRegistry.All.Where(op => op.Domain != Operator.InternalDomain).GroupBy(op => op.Domain.Length > 0 && op.SinceOpset > 4))
        {
            try
            {
                compared += CompareCases(group);
            }
            catch (Xunit.Sdk.XunitException) when (group.Count() > 1)
            {
                // One model that cannot be loaded hides all the others: operator by operator it can be seen which it is.
                var wrong = group.Select(op => (op.Name, Error: Record.Exception(() => CompareCases([op])))).Where(pair => pair.Error is not null);
                Assert.Fail(string.Join('\n', wrong.Select(pair => $"{pair.Name}: {pair.Error!.Message}")));
            }
        }

        output.WriteLine($"{compared} outputs agree.");
    }

    /// <summary>All cases of operators in one model; how many outputs were compared.</summary>
    private static int CompareCases(IEnumerable<Operator> operators)
    {
        var builder = new GraphBuilder("cases");
        var inputs = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        int count = 0;
        foreach (var op in operators)
        {
            foreach (var sample in op.Cases.Where(sample => !LeftOut.ContainsKey($"{op.Name}: {sample.Name}") && !LeftOut.ContainsKey(op.Name) && IsTaken(sample) && Speaks(op, sample)))
            {
                Append(builder, op, sample, inputs);
                count++;
            }
        }

        return count == 0 ? 0 : Compare(builder.Build(), inputs);
    }

    /// <summary>Whether the tool can be given the inputs and asked for the outputs: it knows the older element types only.</summary>
    private static bool Speaks(Operator op, OperatorCase sample) =>
        CaseRun.Of(op, sample).Graph is var graph && graph.Inputs.Concat(graph.Outputs).All(value => value.Type.Element is ElementType.String
            or ElementType.Float or ElementType.Double or ElementType.Int64 or ElementType.Int32 or ElementType.UInt8 or ElementType.Int8 or ElementType.Bool);

    private static void Append(GraphBuilder builder, Operator op, OperatorCase sample, Dictionary<string, Tensor> inputs)
    {
        string prefix = $"{op.Name}: {sample.Name}";
        var names = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < sample.Inputs.Length; i++)
        {
            string name = sample.Inputs[i] is null ? string.Empty : $"{prefix}: x{i}";
            names.Add(name);
            if (sample.Inputs[i] is { } tensor && CaseRun.IsConstant(sample, i))
            {
                builder.Initializer(name, tensor);
            }
            else if (sample.Inputs[i] is { } given)
            {
                builder.Input(name, given.Type, [.. given.Shape.Extents.ToArray().Select(extent => (Dimension)extent)]);
                inputs[name] = given;
            }
        }

        ImmutableArray<string> outputs = [.. Enumerable.Range(0, sample.Outputs).Select(i => $"{prefix}: y{i}")];
        foreach (var value in builder.Append(new Node(op.Name, names.ToImmutable(), outputs, sample.Attributes, op.Domain)))
        {
            builder.Output(value);
        }
    }

    /// <summary>Both give the same answers; how many were compared.</summary>
    internal static int Compare(Graph graph, Dictionary<string, Tensor> inputs, string symbol = "N", int extent = 1, double tolerance = Tolerance)
    {
        using var folder = new TemporaryFolder();
        OnnxFile.Write(graph, folder.File("m.onnx"));
        var theirs = OnnxRuntime.Run(folder.File("m.onnx"), inputs.ToDictionary(pair => pair.Key, pair => ToTool(pair.Value)));
        var read = OnnxFile.Read(folder.File("m.onnx"));
        using var plan = ExecutionPlan.Compile(read, new PlanOptions { Dimensions = ImmutableDictionary<string, int>.Empty.Add(symbol, extent) });
        foreach (var (name, tensor) in inputs)
        {
            CaseRun.Fill(plan, name, tensor);
        }

        plan.Run();
        var wrong = new List<string>();
        foreach (var value in read.Outputs)
        {
            var ours = CaseRun.Read(plan, value, Precision.Float);
            if (!LeftOut.ContainsKey(value.Name) && Difference(ours, theirs[value.Name], tolerance) is string difference)
            {
                wrong.Add($"{value.Name}: {difference}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        return read.Outputs.Length;
    }

    private static string? Difference(Tensor ours, OnnxRuntime.OnnxTensor theirs, double tolerance)
    {
        long[] shape = [.. ours.Shape.Extents.ToArray().Select(extent => (long)extent)];
        if (!shape.AsSpan().SequenceEqual(theirs.Shape))
        {
            return $"shape {ours.Shape}, theirs [{string.Join(", ", theirs.Shape)}]";
        }

        if (ours is Tensor<string> texts)
        {
            return texts.Values.SequenceEqual(theirs.Texts) ? null : "other texts";
        }

        double[] numbers = CaseRun.Numbers(ours);
        for (int i = 0; i < numbers.Length; i++)
        {
            double allowed = ours is Tensor<float> or Tensor<double> ? tolerance * Math.Max(1, Math.Abs(theirs.Numbers[i])) : 0;
            if (!numbers[i].Equals(theirs.Numbers[i]) && !(Math.Abs(numbers[i] - theirs.Numbers[i]) <= allowed))
            {
                return string.Create(CultureInfo.InvariantCulture, $"element {i} is {numbers[i]:R}, theirs {theirs.Numbers[i]:R}");
            }
        }

        return null;
    }

    private static OnnxRuntime.OnnxTensor ToTool(Tensor tensor)
    {
        long[] shape = [.. tensor.Shape.Extents.ToArray().Select(extent => (long)extent)];
        return tensor is Tensor<string> texts
            ? OnnxRuntime.OnnxTensor.Of(shape, texts.Values.ToArray())
            : new OnnxRuntime.OnnxTensor(ToolName(tensor.Type), shape, CaseRun.Numbers(tensor), []);
    }

    /// <summary>Whether the tool has a name for the types of all inputs; 8- and 16-bit ones travel as nothing it reads.</summary>
    private static bool IsTaken(OperatorCase sample) => sample.Inputs.All(tensor =>
        tensor is null or Tensor<float> or Tensor<double> or Tensor<long> or Tensor<int> or Tensor<bool> or Tensor<string>);

    private static string ToolName(ElementType type) => type switch
    {
        ElementType.Float => "float32",
        ElementType.Double => "float64",
        ElementType.Int64 => "int64",
        ElementType.Int32 => "int32",
        ElementType.UInt8 => "uint8",
        ElementType.Int8 => "int8",
        ElementType.Bool => "bool",
        ElementType.Int8 or ElementType.Int16 or ElementType.UInt8 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64 => type.ToString().ToLowerInvariant(),
        _ => throw new NotSupportedException($"The tool takes no {type} input."),
    };

    private bool IsLeftOut()
    {
        if (OnnxRuntime.IsAvailable)
        {
            return false;
        }

        output.WriteLine("Left out: Node.js with onnxruntime-node is not there and could not be installed (tests/Tools/OnnxRuntime).");
        return true;
    }
}
