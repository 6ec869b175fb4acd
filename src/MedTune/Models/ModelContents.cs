using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune;

/// <summary>What is in an ONNX file, whoever made it: inputs, outputs, operators, parameters, metadata, and how it would run.</summary>
public sealed class ModelContents
{
    private readonly Graph _graph;

    private ModelContents(string path, Graph graph)
    {
        _graph = graph;
        Path = path;
        Size = new FileInfo(path).Length;
        Digest = ModelStore.DigestOf(path);
        Inputs = [.. graph.Inputs.Select(ValueOf)];
        Outputs = [.. graph.Outputs.Select(ValueOf)];
        Operators =
        [
            .. graph.Nodes.GroupBy(node => node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}", StringComparer.Ordinal)
                .Select(group => new OperatorUse(group.Key, group.Count()))
                .OrderByDescending(use => use.Count).ThenBy(use => use.Operator, StringComparer.Ordinal),
        ];
        Parameters = graph.Initializers.Values.Where(tensor => tensor.Type is ElementType.Float or ElementType.Double).Sum(tensor => (long)tensor.Length);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The file's length in bytes.</summary>
    public long Size { get; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>What must be given to run it.</summary>
    public ImmutableArray<ModelValue> Inputs { get; }

    /// <summary>What it answers.</summary>
    public ImmutableArray<ModelValue> Outputs { get; }

    /// <summary>The operators it uses, the most frequent first.</summary>
    public ImmutableArray<OperatorUse> Operators { get; }

    /// <summary>Number of stored floating-point numbers: weights, and constants, which are few.</summary>
    public long Parameters { get; }

    /// <summary>The graph's name in the file.</summary>
    public string Name => _graph.Name;

    /// <summary>Free text in the file, by key.</summary>
    public ImmutableSortedDictionary<string, string> Metadata => _graph.Metadata;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFileException">The file is missing, damaged, no ONNX, or uses what is not supported.</exception>
    public static ModelContents Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return new ModelContents(path, OnnxFile.Read(path));
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException($"'{path}' is refused as a model file: {exception.Message}", exception);
        }
    }

    /// <summary>How the model would run.</summary>
    /// <param name="samples">The extent of every open first axis of an input.</param>
    /// <param name="extents">Extents of further open dimensions by name.</param>
    /// <exception cref="PlanException">An open dimension has no extent; the message names it.</exception>
    /// <exception cref="ModelFileException">The model cannot be planned.</exception>
    public ModelPlan Plan(int samples, IReadOnlyDictionary<string, int> extents)
    {
        var dimensions = Dimensions(samples, extents);
        try
        {
            return PlanOf(PlanReport.Of(_graph, new PlanOptions { Dimensions = dimensions }), 0);
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException($"'{Path}' cannot be planned: {exception.Message}", exception);
        }
    }

    /// <summary>How a training step of all its weights would run, with SGD with momentum; the loss is the mean square of its first output of real numbers.</summary>
    /// <param name="samples">The extent of every open first axis of an input.</param>
    /// <param name="extents">Extents of further open dimensions by name.</param>
    /// <param name="memoryLimit">The most bytes the step may take, weights and the optimizer's state included; without limit by default.</param>
    /// <exception cref="PlanException">An open dimension has no extent, or the limit cannot be met; the message names the dimension, or the least that is needed.</exception>
    /// <exception cref="ModelFileException">The model cannot be trained or planned.</exception>
    public ModelPlan PlanTraining(int samples, IReadOnlyDictionary<string, int> extents, long memoryLimit = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memoryLimit, 1);
        var dimensions = Dimensions(samples, extents);
        try
        {
            var model = TrainableModel.Of(_graph);
            var builder = GraphBuilder.From(model.Graph);
            var output = _graph.Outputs.FirstOrDefault(value => value.Type.Element == ElementType.Float);
            var answer = output.Name is null ? throw new ModelFileException($"'{Path}' cannot be trained: none of its outputs holds real numbers.") : builder[output.Name];
            builder.Output(builder.Append("ReduceMean", [builder.Multiply(answer, answer)], Attributes.None.With("keepdims", 0)), "mean square");
            long state = model.Parameters.Sum(name => (long)model.Graph.Initializers[name].Length * sizeof(float));
            var options = new PlanOptions { Dimensions = dimensions, Mutable = model.Mutable, TotalLimit = memoryLimit, CompanionBytes = state };
            return PlanOf(PlanReport.Of(Gradients.Build(builder.Build(), "mean square", model.Parameters, options), options), state);
        }
        catch (MemoryShortageException exception)
        {
            throw new PlanException(string.Create(
                CultureInfo.InvariantCulture,
                $"A training step of '{Path}' with {samples} samples does not fit into {memoryLimit} bytes; with all that can be computed again it needs {exception.Needed} (--memory {(exception.Needed + (1 << 20) - 1) >> 20}m)."), exception);
        }
        catch (InvalidGraphException exception)
        {
            throw new ModelFileException($"A training step of '{Path}' cannot be planned: {exception.Message}", exception);
        }
    }

    private ImmutableDictionary<string, int> Dimensions(int samples, IReadOnlyDictionary<string, int> extents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentNullException.ThrowIfNull(extents);
        var dimensions = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var input in _graph.Inputs.Where(input => input.Type.HasRank))
        {
            for (int axis = 0; axis < input.Type.Rank; axis++)
            {
                if (input.Type.Dimensions[axis].Value is null)
                {
                    // An axis without any name is addressed as input:axis.
                    string symbol = input.Type.Dimensions[axis].Symbol ?? string.Create(CultureInfo.InvariantCulture, $"{input.Name}:{axis}");
                    dimensions[symbol] = extents.TryGetValue(symbol, out int extent) ? extent : axis == 0 ? samples : dimensions.TryGetValue(symbol, out int known) ? known
                        : throw new PlanException($"The input '{input.Name}' has the open dimension '{symbol}'; give its extent, such as --extent {symbol}=128.");
                }
            }
        }

        return dimensions.ToImmutable();
    }

    private static ModelPlan PlanOf(PlanReport report, long state) => new([.. report.Steps.Select(StepOf)], report.ArenaBytes, report.StoredBytes)
    {
        StateBytes = state,
        TotalBytes = report.TotalBytes,
    };

    private static ModelPlanStep StepOf(PlanStep step) => new(
        step.Operator, step.Output, step.Shape.Rank == 0 ? "scalar" : string.Join('x', step.Shape.Extents.ToArray()), step.Bytes, step.MultiplyAdds, step.Offset, step.Fused, step.Overwritten)
    {
        IsRecomputed = step.IsRecomputed,
    };

    private static ModelValue ValueOf(Value value) =>
        new(value.Name, value.Type.Element.ToString(), value.Type.HasRank ? $"[{string.Join(", ", value.Type.Dimensions)}]" : "[...]");
}
