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
    private readonly TrainableModel _model;
    private readonly ExecutionPlan _plan;
    private readonly WeightUpdate _update;
    private readonly WeightAverage? _average;
    private readonly bool _drops;
    private long _steps;

    /// <summary>Compiles the training form of a network.</summary>
    /// <param name="network">The network in its inference form, with its first weights; the batch dimension is N.</param>
    /// <param name="logits">The value the loss reads.</param>
    /// <param name="loss">What is minimized.</param>
    /// <param name="trainable">The weights that move. A batch normalization learns from batches when its scale or bias is among them (unless the options say otherwise).</param>
    /// <param name="batch">Samples per step.</param>
    /// <param name="options">How weights move: optimizer, rates by name, averaging; SGD with momentum 0.9 by default.</param>
    /// <param name="pool">The threads; by default only the caller's.</param>
    /// <param name="dimensions">Extents of further open dimensions, such as L of a sequence.</param>
    /// <param name="memoryLimit">
    /// The most bytes that a step may take: computed values, weights, their velocities and inputs. Without limit by default. Where values do not fit, some
    /// are computed again in the backward pass; that takes time and changes no bit.
    /// </param>
    /// <exception cref="InvalidGraphException">Something cannot be trained; the message says what.</exception>
    /// <exception cref="MemoryShortageException">A step cannot be made within the limit; the message names the least that is needed.</exception>
    public NetworkTrainer(
        Graph network,
        string logits,
        Loss loss,
        IEnumerable<string> trainable,
        int batch,
        NetworkTrainingOptions? options = null,
        TaskPool? pool = null,
        ImmutableDictionary<string, int>? dimensions = null,
        long memoryLimit = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(trainable);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(memoryLimit, 1);
        options ??= new NetworkTrainingOptions();
        pool ??= TaskPool.Sequential;
        _model = TrainableModel.Of(network, new TrainingChoice { Train = [.. trainable], UsesBatchStatistics = options.UsesBatchStatistics });
        long weights = _model.Parameters.Sum(name => (long)_model.Graph.Initializers[name].Length);
        var planOptions = new PlanOptions { Pool = pool, TotalLimit = memoryLimit, Dimensions = dimensions ?? new PlanOptions().Dimensions }.WithBatch(batch);
        _plan = _model.Compile(
            loss.AppendTo(_model.Graph, logits),
            Loss.OutputName,
            planOptions with { CompanionBytes = WeightUpdate.CompanionBytes(options, weights) });
        _drops = _model.Graph.Inputs.Any(input => input.Name == TrainingForm.Seed);
        _update = new WeightUpdate(_plan, _model.Parameters, options, pool);
        _average = options.Averaging == 0 ? null : new WeightAverage(_plan, _model.Mutable, options.Averaging);
    }

    /// <summary>Seed of what is drawn in training (dropout). Default 0.</summary>
    public ulong Seed { get; set; }

    /// <summary>Steps made so far.</summary>
    public long Steps => _steps;

    /// <summary>Bytes of the memory that computed values share; weights and their velocities come on top.</summary>
    public long ArenaBytes => _plan.ArenaBytes;

    /// <summary>Bytes of everything a step needs: computed values, weights, velocities and inputs.</summary>
    public long TotalBytes => _plan.TotalBytes;

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
        _model.KeepRunning(_plan);
        _update.Step(learningRate);
        _average?.Add();
        _steps++;
        return _plan.Output<float>(Loss.OutputName)[0];
    }

    /// <summary>Lets weights move otherwise from the next step on: layers that rest at rate 0 can be woken, the ones near the answer first (gradual unfreezing: Howard and Ruder, ACL 2018).</summary>
    /// <param name="rates">In place of <see cref="NetworkTrainingOptions.Rates"/>.</param>
    /// <exception cref="ArgumentException">A factor is out of range.</exception>
    public void ChangeRates(ImmutableArray<ParameterRate> rates) => _update.Change(rates);

    /// <summary>The network in its inference form with the weights and running statistics as they are now.</summary>
    public Graph Result() => _model.Export(_model.Read(_plan));

    /// <summary>The network with the averaged weights and statistics; with those of <see cref="Result"/> where nothing is averaged.</summary>
    public Graph AveragedResult() => _average is null ? Result() : _model.Export(_average.Read());

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();

    /// <summary>Writes everything that the next step depends on: weights, statistics, optimizer, average.</summary>
    internal void Save(BinaryWriter writer)
    {
        writer.Write(_steps);
        foreach (string name in _model.Mutable.Order(StringComparer.Ordinal))
        {
            FloatArrays.Write(writer, _plan.Initializer<float>(name));
        }

        _update.Save(writer);
        _average?.Save(writer);
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote, in a trainer made with the same arguments.</summary>
    internal void Load(BinaryReader reader)
    {
        _steps = reader.ReadInt64();
        foreach (string name in _model.Mutable.Order(StringComparer.Ordinal))
        {
            FloatArrays.Read(reader, _plan.Initializer<float>(name));
        }

        _update.Load(reader);
        _average?.Load(reader);
    }
}
