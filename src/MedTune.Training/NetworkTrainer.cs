using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Trains a network batch by batch: one compiled plan with gradients, whose weights are changed in place. A step allocates nothing.</summary>
/// <remarks>
/// Fill <see cref="Input{T}"/> for every input and the target (<see cref="Loss.TargetName"/>), call <see cref="Step"/>, and take the weights with
/// <see cref="Result"/>. Results depend on the data, the first weights and the options, never on the threads.
/// </remarks>
public sealed class NetworkTrainer : IDisposable
{
    // Weights of one task: the sweep of this many takes about 20 microseconds.
    private const int Grain = 1 << 16;

    private readonly Graph _network;
    private readonly TaskPool _pool;
    private readonly ExecutionPlan _plan;
    private readonly ImmutableArray<MovedStatistic> _moved;
    private readonly string[] _names;
    private readonly string[] _gradients;
    private readonly (int Tensor, int Start, int Length)[] _parts;
    private readonly Sgd _optimizer;
    private readonly bool _drops;
    private float _rate;
    private long _steps;

    /// <summary>Compiles the training form of a network.</summary>
    /// <param name="network">The network in its inference form, with its first weights; the batch dimension is N.</param>
    /// <param name="logits">The value the loss reads.</param>
    /// <param name="loss">What is minimized.</param>
    /// <param name="trainable">The initializers that move. A batch normalization is trained when its scale or bias is, and frozen else.</param>
    /// <param name="batch">Samples per step.</param>
    /// <param name="options">The optimizer's constants; momentum 0.9 by default.</param>
    /// <param name="pool">The threads; by default only the caller's.</param>
    /// <param name="dimensions">Extents of further open dimensions, such as L of a sequence.</param>
    /// <exception cref="InvalidGraphException">Something cannot be trained; the message says what.</exception>
    public NetworkTrainer(
        Graph network,
        string logits,
        Loss loss,
        IEnumerable<string> trainable,
        int batch,
        SgdOptions? options = null,
        TaskPool? pool = null,
        ImmutableDictionary<string, int>? dimensions = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(trainable);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        _network = network;
        _pool = pool ?? TaskPool.Sequential;
        _names = [.. trainable];
        var names = _names.ToImmutableHashSet(StringComparer.Ordinal);
        var planOptions = new PlanOptions { Pool = _pool, Dimensions = dimensions ?? new PlanOptions().Dimensions }.WithBatch(batch);
        (var graph, _moved) = BatchStatistics.Of(TrainingForm.Of(network), names, planOptions.Dimensions);
        _drops = graph.Inputs.Any(input => input.Name == TrainingForm.Seed);
        planOptions = planOptions with { Mutable = names.Union(_moved.Select(statistic => statistic.Running)) };
        _plan = ExecutionPlan.Compile(Gradients.Build(loss.AppendTo(graph, logits), Loss.OutputName, _names, planOptions), planOptions);
        _gradients = [.. _names.Select(Gradients.NameOf)];
        _parts = [.. _names.SelectMany((name, tensor) => Parts(tensor, network.Initializers[name].Length))];
        _optimizer = new Sgd([.. _names.Select(name => network.Initializers[name].Length)], options);
    }

    /// <summary>Seed of what is drawn in training (dropout). Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Steps made so far.</summary>
    public long Steps => _steps;

    /// <summary>Bytes of the memory that computed values share; weights and their velocities come on top.</summary>
    public long ArenaBytes => _plan.ArenaBytes;

    internal ExecutionPlan Plan => _plan;

    /// <summary>The memory of an input or of the target, to be written before a step; it stays as it is until it is written again.</summary>
    /// <typeparam name="T">What the input holds.</typeparam>
    /// <param name="name">The input's name.</param>
    /// <exception cref="ArgumentException">No input has this name, or it does not hold <typeparamref name="T"/>.</exception>
    public Span<T> Input<T>(string name)
        where T : unmanaged => _plan.Input<T>(name);

    /// <summary>The weights of an initializer that training changes, or a running statistic, as they are now.</summary>
    /// <param name="name">The initializer's name.</param>
    /// <exception cref="ArgumentException">Training does not change it.</exception>
    public ReadOnlySpan<float> Weights(string name) => _plan.Initializer<float>(name);

    /// <summary>Computes loss and gradients of what the inputs hold, and moves weights and running statistics. Allocates nothing.</summary>
    /// <param name="learningRate">Greater than 0.</param>
    /// <returns>The mean loss of the batch before the step.</returns>
    public float Step(float learningRate)
    {
        if (_drops)
        {
            _plan.Input<long>(TrainingForm.Seed)[0] = unchecked((long)Seed);
            _plan.Input<long>(TrainingForm.Step)[0] = _steps;
        }

        _plan.Run();
        foreach (var statistic in _moved)
        {
            statistic.Apply(_plan.Initializer<float>(statistic.Running), _plan.Output<float>(statistic.Moved));
        }

        _rate = learningRate;
        _pool.Run(_parts.Length, this, static (trainer, part) => trainer.Move(part));
        _steps++;
        return _plan.Output<float>(Loss.OutputName)[0];
    }

    /// <summary>The network in its inference form with the weights and running statistics as they are now.</summary>
    public Graph Result() => _network.WithInitializers(_names.Concat(_moved.Select(statistic => statistic.Running)).Select(name =>
        KeyValuePair.Create<string, Tensor>(name, Tensor.Create<float>(_network.Initializers[name].Shape, _plan.Initializer<float>(name)))));

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();

    private static IEnumerable<(int Tensor, int Start, int Length)> Parts(int tensor, int length)
    {
        for (int start = 0; start < length; start += Grain)
        {
            yield return (tensor, start, Math.Min(Grain, length - start));
        }
    }

    private void Move(int part)
    {
        var (tensor, start, length) = _parts[part];
        var weights = _plan.Initializer<float>(_names[tensor]).Slice(start, length);
        _optimizer.Step(tensor, start, weights, _plan.Output<float>(_gradients[tensor]).Slice(start, length), _rate);
    }
}
