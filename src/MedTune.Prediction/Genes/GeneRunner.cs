using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Runs samples with gene data through a graph and collects one of its values.</summary>
/// <remarks>What comes out for a sample depends on nothing beside it: neither on the batch nor on the number of threads. Not thread-safe.</remarks>
internal sealed class GeneRunner : IDisposable
{
    private const long MostBytes = 4L << 30;
    private const int LargestBatch = 256;
    private const int BatchValues = 1 << 20;

    private readonly PlanCache _plans;
    private readonly string _input;
    private readonly string _output;

    /// <summary>Prepares a graph.</summary>
    /// <param name="graph">With the one input named.</param>
    /// <param name="input">Float [N, features] or Int64 [N, length].</param>
    /// <param name="output">The value wanted, Float [N, ...].</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <exception cref="ModelFileException">The graph has no such value.</exception>
    public GeneRunner(Graph graph, string input, string output, TaskPool pool)
    {
        (_input, _output) = (input, output);
        try
        {
            _plans = new PlanCache(GraphCut.Between(graph, [input], [output]), new PlanOptions { Pool = pool, MemoryLimit = MostBytes });
        }
        catch (InvalidGraphException error)
        {
            throw Refused(error);
        }
    }

    /// <summary>The values of samples with measurements or dosages.</summary>
    /// <param name="count">How many.</param>
    /// <param name="width">Values of each.</param>
    /// <param name="row">Gives the values of one.</param>
    /// <exception cref="ModelFileException">The graph cannot be run.</exception>
    public float[] Run(int count, int width, Func<int, ReadOnlyMemory<float>> row) =>
        Run<float>(count, width, (i, to) => row(i).Span.CopyTo(to), float.NaN);

    /// <summary>The values of sequences.</summary>
    /// <param name="count">How many.</param>
    /// <param name="length">Places of the input; no sequence is longer.</param>
    /// <param name="letters">Gives the letters of one.</param>
    /// <exception cref="ModelFileException">The graph cannot be run.</exception>
    public float[] Run(int count, int length, Func<int, string> letters) =>
        Run<long>(count, length, (i, to) => SequenceTokens.Write(letters(i), to), SequenceTokens.Padding);

    /// <inheritdoc/>
    public void Dispose() => _plans.Dispose();

    private delegate void Fill<T>(int sample, Span<T> to);

    private float[] Run<T>(int count, int width, Fill<T> fill, T nothing)
        where T : unmanaged
    {
        try
        {
            int batch = count == 1 ? 1 : Math.Clamp(BatchValues / Math.Max(1, width), 1, LargestBatch);
            var plan = _plans.ForBatch(batch);
            float[] found = [];
            for (int start = 0; start < count; start += batch)
            {
                int taken = Math.Min(batch, count - start);
                var values = plan.Input<T>(_input);
                for (int i = 0; i < taken; i++)
                {
                    fill(start + i, values.Slice(i * width, width));
                }

                values[(taken * width)..].Fill(nothing);
                plan.Run();
                var output = plan.Output<float>(_output);
                int each = output.Length / batch;
                found = found.Length == 0 ? new float[count * each] : found;
                output[..(taken * each)].CopyTo(found.AsSpan(start * each));
            }

            return found.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0
                ? found
                : throw new ModelFileException("The model gives infinite values or values that are no numbers for a sample; it is damaged, or the sample is far from what it was trained on.");
        }
        catch (InvalidGraphException error)
        {
            throw Refused(error);
        }
    }

    private static ModelFileException Refused(InvalidGraphException error) => new($"The model's graph cannot be run: {error.Message}", error);
}
