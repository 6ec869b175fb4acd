using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Graphs.Operators;
using MedTune.Tensors;
using MedTune.Tests.Graphs.Operators;

namespace MedTune.Tests.Graphs;

/// <summary>One node case of the ONNX project: a model of a node or a few, inputs, and the outputs they must give.</summary>
internal sealed class ConformanceCase
{
    /// <summary>How far an element may be from the stored one, as a part of max(1, |stored|): the stored values come from NumPy in float.</summary>
    private const double Tolerance = 2e-5;

    /// <summary>The same for outputs that were written down with four decimals or fewer.</summary>
    private const double RoundedTolerance = 1e-4;

    /// <summary>For the windows, whose stored values were computed with 3.1415 for pi.</summary>
    private const double WindowTolerance = 1e-4;

    private readonly string _folder;
    private readonly OnnxModel _model;

    private ConformanceCase(string folder, OnnxModel model)
    {
        _folder = folder;
        _model = model;
    }

    /// <summary>The case, or null when it uses an operator or an element type that is not there.</summary>
    public static ConformanceCase? Load(string folder)
    {
        try
        {
            var model = OnnxModelReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), null);
            bool isKnown = model.Nodes.SelectMany(Inner).All(node => OperatorRegistry.Find(node.Domain, node.OpType) is not null && node.Domain != Operator.InternalDomain);
            return isKnown ? new ConformanceCase(folder, model) : null;
        }
        catch (InvalidGraphException)
        {
            return null;
        }
    }

    /// <summary>Runs every data set; null when all outputs agree, else what went wrong.</summary>
    public string? Run()
    {
        foreach (string data in Directory.GetDirectories(_folder, "test_data_set_*").Order(StringComparer.Ordinal))
        {
            try
            {
                var inputs = Tensors(data, "input", _model.Inputs);
                var outputs = Tensors(data, "output", _model.Outputs);
                if (RunOnce(inputs, outputs) is string difference)
                {
                    return difference;
                }
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                return error is InvalidGraphException ? error.Message : $"{error.GetType().Name}: {error.Message}";
            }
        }

        return null;
    }

    /// <summary>A node and those in its graphs.</summary>
    private static IEnumerable<Node> Inner(Node node) =>
        node.Attributes.Select(attribute => attribute.Value).OfType<Graph>().SelectMany(Subgraphs.AllNodes).Prepend(node);

    private static Tensor?[] Tensors(string folder, string stem, ImmutableArray<Value> values) => [.. values.Select((value, i) =>
    {
        string file = Path.Combine(folder, $"{stem}_{i}.pb");
        byte[] bytes = File.Exists(file) ? File.ReadAllBytes(file) : [];
        return bytes.Length == 0 ? null : AsDeclared(OnnxTensorReader.Read(new MessageReader(bytes, 0, bytes.Length), null).Tensor, value.Type.Element);
    })];

    /// <summary>The cases keep the bits of BFloat16 as UInt16, since NumPy has no such type.</summary>
    private static Tensor AsDeclared(Tensor tensor, ElementType declared) => declared == ElementType.BFloat16 && tensor is Tensor<ushort> bits
        ? new Tensor<BFloat16>(bits.Shape, [.. bits.Values.ToArray().Select(each => new BFloat16(each))])
        : tensor;

    private string? RunOnce(Tensor?[] inputs, Tensor?[] expected)
    {
        Graph graph;
        ExecutionPlan plan;
        try
        {
            graph = OnnxGraphAssembly.Assemble(_model);
            plan = Compile(graph, inputs);
        }
        catch (InvalidGraphException)
        {
            // Shapes that come in as data are settled when the model is made, as they are in a model that is trained.
            graph = OnnxGraphAssembly.Assemble(WithConstants(inputs));
            plan = Compile(graph, inputs, foldConstants: true);
        }

        using (plan)
        {
            // What is written must read back as the same computation.
            byte[] written = OnnxFile.ToBytes(graph);
            if (!written.AsSpan().SequenceEqual(OnnxFile.ToBytes(OnnxFile.Read(written))))
            {
                return "the written file reads back as another graph";
            }

            Fill(plan, graph, inputs);
            plan.Run();
            return Compare(plan, graph, expected);
        }
    }

    private OnnxModel WithConstants(Tensor?[] inputs)
    {
        var constants = new List<(string Name, Tensor Tensor)>();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is { Type: ElementType.Int64 or ElementType.Int32 } or { Shape.Rank: 0 } || IsList(_model.Inputs[i].Name))
            {
                constants.Add((_model.Inputs[i].Name, inputs[i]!));
            }
        }

        return _model with { Initializers = _model.Initializers.SetItems(constants.Select(pair => KeyValuePair.Create(pair.Name, pair.Tensor))) };
    }

    /// <summary>Whether an input says how an image is resized: its region, scales or sizes.</summary>
    private bool IsList(string input) => _model.Nodes.Any(node => node.OpType is "Resize" or "Upsample" && node.Inputs.IndexOf(input) > 0);

    private ExecutionPlan Compile(Graph graph, Tensor?[] inputs, bool foldConstants = false)
    {
        var dimensions = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Length; i++)
        {
            var type = _model.Inputs[i].Type;
            for (int axis = 0; inputs[i] is { } tensor && type.HasRank && axis < Math.Min(type.Rank, tensor.Shape.Rank); axis++)
            {
                dimensions[type.Dimensions[axis].Symbol ?? $"{_model.Inputs[i].Name}:{axis}"] = tensor.Shape[axis];
            }
        }

        return ExecutionPlan.Compile(graph, new PlanOptions { Dimensions = dimensions.ToImmutable(), FoldConstants = foldConstants });
    }

    private void Fill(ExecutionPlan plan, Graph graph, Tensor?[] inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            // Some cases declare another shape than they store for an input of which only the type is asked.
            if (inputs[i] is Tensor tensor && graph.Inputs.Any(input => input.Name == _model.Inputs[i].Name) && plan.ShapeOf(_model.Inputs[i].Name) == tensor.Shape)
            {
                CaseRun.Fill(plan, _model.Inputs[i].Name, tensor);
            }
        }
    }

    private string? Compare(ExecutionPlan plan, Graph graph, Tensor?[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            var actual = CaseRun.Read(plan, graph.Outputs[i], Precision.Float);
            if (expected[i] is Tensor wanted && Difference(wanted, actual, _folder.Contains("window_", StringComparison.Ordinal) ? WindowTolerance : Tolerance) is string difference)
            {
                return $"output {i}: {difference}";
            }
        }

        return null;
    }

    private static string? Difference(Tensor expected, Tensor actual, double closeness)
    {
        if (expected.Type != actual.Type || expected.Shape != actual.Shape)
        {
            return $"{actual.Type}{actual.Shape}, expected {expected.Type}{expected.Shape}";
        }

        if (expected is Tensor<string> texts)
        {
            return texts.Values.SequenceEqual(actual.Values<string>()) ? null : "other texts";
        }

        double[] wanted = CaseRun.Numbers(expected);
        double[] given = CaseRun.Numbers(actual);
        bool isRounded = wanted.All(value => Math.Abs((value * 1e4) - Math.Round(value * 1e4)) < 1e-3 * Math.Max(1, Math.Abs(value)));

        // ONNX 1.12 cut a Float to BFloat16 where later versions round it: one unit in the last place.
        double tolerance = expected is Tensor<BFloat16> ? 1.0 / 128 : expected is not (Tensor<float> or Tensor<double>) ? 0 : Math.Max(closeness, isRounded ? RoundedTolerance : Tolerance);
        for (int i = 0; i < wanted.Length; i++)
        {
            if (!wanted[i].Equals(given[i]) && !(Math.Abs(wanted[i] - given[i]) <= tolerance * Math.Max(1, Math.Abs(wanted[i]))))
            {
                return FormattableString.Invariant($"element {i} is {given[i]:R}, expected {wanted[i]:R}");
            }
        }

        return null;
    }
}
