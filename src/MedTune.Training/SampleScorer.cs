using System.Collections.Immutable;
using MedTune.Graphs;

namespace MedTune.Training;

/// <summary>Runs a head forward in float precision, as the exported model will, over many samples in chunks of one size.</summary>
internal sealed class SampleScorer : IDisposable
{
    private const int LargestChunk = 1024;
    private readonly ExecutionPlan _plan;
    private readonly string _margin;
    private readonly int _chunk;
    private readonly int _width;

    /// <summary>A scorer for about <paramref name="rows"/> samples at a time.</summary>
    public SampleScorer(Graph head, string margin, int rows, ImmutableHashSet<string>? mutable = null)
    {
        _margin = margin;
        _chunk = Math.Clamp(rows, 1, LargestChunk);
        var forward = GraphCut.Between(head, head.Inputs.Select(input => input.Name), [margin]);
        _plan = ExecutionPlan.Compile(forward, new PlanOptions
        {
            Precision = Precision.Float,
            Dimensions = ImmutableDictionary<string, int>.Empty.Add("N", _chunk),
            Mutable = mutable ?? [],
        });
        _width = _plan.ShapeOf(margin).Length / _chunk;
    }

    /// <summary>Margins per sample.</summary>
    public int Width => _width;

    /// <summary>The weights the scorer uses; only those named mutable.</summary>
    public Span<float> Weights(string name) => _plan.Initializer<float>(name);

    /// <summary>The margins of these rows, one row after the other.</summary>
    public float[] Score(TrainingSamples samples, ReadOnlySpan<int> rows)
    {
        var margins = new float[rows.Length * _width];
        for (int start = 0; start < rows.Length; start += _chunk)
        {
            int count = Math.Min(_chunk, rows.Length - start);
            samples.CopyInputsTo(_plan, Precision.Float, rows.Slice(start, count), _chunk);
            _plan.Run();
            _plan.Output<float>(_margin)[..(count * _width)].CopyTo(margins.AsSpan(start * _width));
        }

        return margins;
    }

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();
}
