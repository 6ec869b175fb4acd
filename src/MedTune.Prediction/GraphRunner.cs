using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Runs a model's graph forward on raw columns, in chunks of one size, and collects values of it.</summary>
/// <remarks>A sample's result never depends on the samples beside it, so the chunk size changes no bit.</remarks>
internal sealed class GraphRunner : IDisposable
{
    private const int LargestChunk = 256;
    private readonly Graph _graph;
    private readonly ImmutableArray<string> _outputs;
    private readonly PlanCache _plans;

    /// <summary>A runner for some values of a graph.</summary>
    /// <param name="graph">Inputs are raw columns, [N, 1].</param>
    /// <param name="outputs">Names of the values wanted; Float or Int64, first axis the samples.</param>
    public GraphRunner(Graph graph, params ImmutableArray<string> outputs)
    {
        _outputs = outputs;
        _graph = GraphCut.Between(graph, graph.Inputs.Select(input => input.Name), outputs);
        _plans = new PlanCache(_graph, new PlanOptions { Precision = Precision.Float });
    }

    /// <summary>The wanted values for every sample.</summary>
    public IReadOnlyDictionary<string, Tensor> Run(RawInputs inputs)
    {
        int chunk = inputs.Rows == 1 ? 1 : LargestChunk;
        var plan = _plans.ForBatch(chunk);
        var results = _outputs.ToDictionary(name => name, name => Allocate(plan, name, chunk, inputs.Rows), StringComparer.Ordinal);
        for (int start = 0; start < inputs.Rows; start += chunk)
        {
            int count = Math.Min(chunk, inputs.Rows - start);
            foreach (var input in _graph.Inputs)
            {
                Copy(inputs[input.Name], plan, input.Name, start, count, chunk);
            }

            plan.Run();
            foreach (var (name, result) in results)
            {
                int width = plan.ShapeOf(name).Length / chunk;
                if (result is Tensor<long> whole)
                {
                    plan.Output<long>(name)[..(count * width)].CopyTo(whole.Values[(start * width)..]);
                }
                else
                {
                    plan.Output<float>(name)[..(count * width)].CopyTo(result.Values<float>()[(start * width)..]);
                }
            }
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => _plans.Dispose();

    private static void Copy(Tensor column, ExecutionPlan plan, string name, int start, int count, int chunk)
    {
        if (column is Tensor<string> texts)
        {
            var destination = plan.Strings(name);
            texts.Values.Slice(start, count).CopyTo(destination);
            destination[count..chunk].Fill(string.Empty);
        }
        else
        {
            var destination = plan.Input<float>(name);
            column.Values<float>().Slice(start, count).CopyTo(destination);
            destination[count..chunk].Fill(float.NaN);
        }
    }

    private Tensor Allocate(ExecutionPlan plan, string name, int chunk, int rows)
    {
        var shape = plan.ShapeOf(name);
        int[] extents = shape.Extents.ToArray();
        if (extents.Length == 0 || extents[0] != chunk)
        {
            throw new InvalidGraphException($"Value '{name}' is {shape}; a value with one row per sample was expected.");
        }

        extents[0] = rows;
        return _graph.Types[name].Element == ElementType.Int64 ? new Tensor<long>(new Shape(extents)) : new Tensor<float>(new Shape(extents));
    }
}
