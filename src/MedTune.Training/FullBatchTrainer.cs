using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Fits the parameters of a head to all samples at once, in double precision, until the gradient vanishes.</summary>
/// <remarks>
/// Minimises <c>mean loss + penalty / (2 n) * |w - anchor|^2</c> with <see cref="Lbfgs"/>; the loss and its gradient come from the
/// graph itself. With the anchor at zero this is ridge regression; with the anchor at a source model's weights it is a refit
/// shrunk towards the source (L2-SP; Li, Grandvalet and Davoine, ICML 2018). A penalty of 1 is scikit-learn's C = 1.
/// </remarks>
public sealed class FullBatchTrainer : IDisposable
{
    private readonly ExecutionPlan _plan;
    private readonly ImmutableArray<Block> _blocks;
    private readonly Graph _head;
    private readonly int _rows;
    private readonly double[] _values;
    private readonly double[] _start;

    /// <summary>Prepares to fit <paramref name="parameters"/> of <paramref name="head"/> to some rows of <paramref name="samples"/>.</summary>
    /// <param name="head">A graph from sample inputs to margins, with its starting weights.</param>
    /// <param name="margin">The name of the margins in it.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="parameters">The initializers that move; all others stay.</param>
    /// <param name="samples">Inputs and classes.</param>
    /// <param name="rows">The rows to learn from; at least one.</param>
    public FullBatchTrainer(
        Graph head, string margin, Loss loss, IReadOnlyList<TrainableParameter> parameters, TrainingSamples samples, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length, nameof(rows));
        _head = head;
        _rows = rows.Length;
        var names = parameters.Select(parameter => parameter.Name).ToImmutableHashSet(StringComparer.Ordinal);
        var graph = Gradients.Build(loss.AppendTo(head, margin), Loss.OutputName, names);
        _plan = ExecutionPlan.Compile(graph, new PlanOptions
        {
            Precision = Precision.Double,
            Dimensions = ImmutableDictionary<string, int>.Empty.Add("N", _rows),
            Mutable = names,
        });
        samples.CopyTo(_plan, Precision.Double, loss, rows, _rows);
        _blocks = Layout(parameters, head);
        _values = new double[_blocks.Length == 0 ? 0 : _blocks[^1].Start + _blocks[^1].Length];
        foreach (var block in _blocks)
        {
            Widen(head.Initializers[block.Parameter.Name].Values<float>(), _values.AsSpan(block.Start, block.Length));
        }

        _start = [.. _values];
    }

    /// <summary>The parameters now, one after the other in the order given.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The parameters the head came with.</summary>
    public ReadOnlySpan<double> StartValues => _start;

    /// <summary>Minimises from where the parameters are now.</summary>
    /// <param name="penalty">At least 0.</param>
    /// <param name="anchor">Where the penalty pulls to; empty for zero.</param>
    /// <param name="options">When to stop.</param>
    public LbfgsResult Minimize(double penalty, ReadOnlySpan<double> anchor, LbfgsOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(penalty);
        double[] pull = anchor.IsEmpty ? new double[_values.Length] : anchor.ToArray();
        double scale = penalty / _rows;
        return Lbfgs.Minimize((values, gradient) => Evaluate(values, gradient, scale, pull), _values, options);
    }

    /// <summary>Sets the parameters, to go on from there.</summary>
    public void SetValues(ReadOnlySpan<double> values) => values.CopyTo(_values);

    /// <summary>The parameters as the float tensors that a model file stores.</summary>
    public ImmutableSortedDictionary<string, Tensor> ToTensors()
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        foreach (var block in _blocks)
        {
            var values = new float[block.Length];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)_values[block.Start + i];
            }

            tensors[block.Parameter.Name] = new Tensor<float>(_head.Initializers[block.Parameter.Name].Shape, values);
        }

        return tensors.ToImmutable();
    }

    /// <summary>Releases the plan.</summary>
    public void Dispose() => _plan.Dispose();

    private static ImmutableArray<Block> Layout(IReadOnlyList<TrainableParameter> parameters, Graph head)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>(parameters.Count);
        int start = 0;
        foreach (var parameter in parameters)
        {
            int length = head.Initializers[parameter.Name].Length;
            blocks.Add(new Block(parameter, start, length));
            start += length;
        }

        return blocks.ToImmutable();
    }

    private static void Widen(ReadOnlySpan<float> source, Span<double> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = source[i];
        }
    }

    private double Evaluate(ReadOnlySpan<double> values, Span<double> gradient, double scale, double[] anchor)
    {
        foreach (var block in _blocks)
        {
            values.Slice(block.Start, block.Length).CopyTo(_plan.Initializer<double>(block.Parameter.Name));
        }

        _plan.Run();
        double total = _plan.Output<double>(Loss.OutputName)[0];
        foreach (var block in _blocks)
        {
            _plan.Output<double>(Gradients.NameOf(block.Parameter.Name)).CopyTo(gradient[block.Start..]);
            if (block.Parameter.IsPenalized)
            {
                total += Pull(block, scale, anchor, values, gradient);
            }

            if (block.Parameter.OwnPenalty > 0)
            {
                total += Pull(block, block.Parameter.OwnPenalty / _rows, _start, values, gradient);
            }
        }

        return total;
    }

    /// <summary>Adds the gradient of a penalty towards an anchor, and gives its value.</summary>
    private static double Pull(Block block, double scale, double[] anchor, ReadOnlySpan<double> values, Span<double> gradient)
    {
        double squares = 0;
        for (int i = block.Start; i < block.Start + block.Length; i++)
        {
            double away = values[i] - anchor[i];
            squares = Math.FusedMultiplyAdd(away, away, squares);
            gradient[i] = Math.FusedMultiplyAdd(scale, away, gradient[i]);
        }

        return 0.5 * scale * squares;
    }

    private readonly record struct Block(TrainableParameter Parameter, int Start, int Length);
}
