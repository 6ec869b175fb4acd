using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Trains a head in float precision by shuffled mini-batches: AdamW, cosine schedule, averaged weights, early stopping.</summary>
/// <remarks>
/// The order of samples is a function of (seed, stream, epoch), never of the clock or the threads. After every epoch the state can be
/// written to a <see cref="FitProgressFile"/>; a fit that is resumed from it ends with the same bits. What is kept is the moving average of
/// the weights (Polyak and Juditsky, 1992) from the epoch with the smallest loss on rows that were not trained on.
/// </remarks>
public sealed class StochasticTrainer : IDisposable
{
    private readonly StochasticOptions _options;
    private readonly Loss _loss;
    private readonly TrainingSamples _samples;
    private readonly ImmutableArray<TrainableParameter> _parameters;
    private readonly ImmutableArray<int> _starts;
    private readonly ExecutionPlan _plan;
    private readonly SampleScorer _scorer;
    private readonly int[] _trainRows;
    private readonly int[] _stopRows;
    private readonly int[] _stopClasses;
    private readonly int _batch;
    private readonly float[] _weights;
    private readonly float[] _average;
    private readonly float[] _best;
    private readonly float[] _gradient;
    private readonly float[] _decays;
    private readonly AdamW _optimizer;
    private double _bestLoss = double.PositiveInfinity;
    private int _bestEpoch = -1;
    private int _epoch;
    private int _step;

    /// <summary>Prepares a fit.</summary>
    /// <param name="head">A graph from sample inputs to margins, with its starting weights.</param>
    /// <param name="margin">The name of the margins in it.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="parameters">The initializers that move.</param>
    /// <param name="samples">Inputs and classes.</param>
    /// <param name="trainRows">Rows to learn from.</param>
    /// <param name="stopRows">Rows that tell when to stop; share no patient with the others.</param>
    /// <param name="options">Step sizes and limits.</param>
    public StochasticTrainer(
        Graph head,
        string margin,
        Loss loss,
        IReadOnlyList<TrainableParameter> parameters,
        TrainingSamples samples,
        ReadOnlySpan<int> trainRows,
        ReadOnlySpan<int> stopRows,
        StochasticOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(trainRows.Length, nameof(trainRows));
        ArgumentOutOfRangeException.ThrowIfZero(stopRows.Length, nameof(stopRows));
        _options = options ?? new StochasticOptions();
        _loss = loss;
        _samples = samples;
        _parameters = [.. parameters];
        _trainRows = trainRows.ToArray();
        _stopRows = stopRows.ToArray();
        _stopClasses = Array.ConvertAll(_stopRows, row => samples.Classes[row]);
        _batch = Math.Min(_options.BatchSize, _trainRows.Length);
        var names = _parameters.Select(parameter => parameter.Name).ToImmutableHashSet(StringComparer.Ordinal);
        _plan = ExecutionPlan.Compile(Gradients.Build(loss.AppendTo(head, margin), Loss.OutputName, names), new PlanOptions
        {
            Precision = Precision.Float,
            Dimensions = ImmutableDictionary<string, int>.Empty.Add("N", _batch),
            Mutable = names,
        });
        _scorer = new SampleScorer(head, margin, _stopRows.Length, names);
        (_starts, _weights, _decays) = Flatten(head, _parameters);
        _average = [.. _weights];
        _best = [.. _weights];
        _gradient = new float[_weights.Length];
        _optimizer = new AdamW(_weights.Length, _options.Optimizer);
    }

    /// <summary>Trains to the end, from the beginning or from where <paramref name="progress"/> says.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">Tells this fit from the others of the run.</param>
    /// <param name="progress">Where the state is kept after every epoch.</param>
    /// <param name="cancellation">Stops after the current epoch, whose state is kept.</param>
    /// <returns>The kept weights by parameter name, and <c>best-epoch</c>, <c>epochs</c>, <c>stop-loss</c>.</returns>
    public FitRecord Fit(ulong seed, ulong stream, FitProgressFile progress, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        progress.TryLoad(Load);
        int stepsPerEpoch = Math.Max(1, _trainRows.Length / _batch);
        int totalSteps = stepsPerEpoch * _options.Epochs;
        var schedule = new CosineSchedule(_options.LearningRate, (int)(_options.WarmupShare * totalSteps), totalSteps);
        var order = new int[_trainRows.Length];
        while (_epoch < _options.Epochs && _epoch - _bestEpoch <= _options.Patience)
        {
            cancellation.ThrowIfCancellationRequested();
            _trainRows.CopyTo(order, 0);
            new Philox(seed, RandomPurpose.Shuffling, Combine(stream, _epoch)).Shuffle(order);
            for (int s = 0; s < stepsPerEpoch; s++, _step++)
            {
                Step(order.AsSpan(s * _batch, _batch), schedule.At(_step));
            }

            Judge();
            _epoch++;
            progress.Save(Save);
        }

        return Result();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plan.Dispose();
        _scorer.Dispose();
    }

    private static ulong Combine(ulong stream, int epoch) => (stream << 20) | (uint)epoch;

    private static (ImmutableArray<int> Starts, float[] Weights, float[] Decays) Flatten(Graph head, ImmutableArray<TrainableParameter> parameters)
    {
        var starts = ImmutableArray.CreateBuilder<int>(parameters.Length + 1);
        var weights = new List<float>();
        var decays = new List<float>();
        foreach (var parameter in parameters)
        {
            starts.Add(weights.Count);
            weights.AddRange(head.Initializers[parameter.Name].Values<float>());
            decays.AddRange(Enumerable.Repeat(parameter.IsPenalized ? 1f : 0f, weights.Count - decays.Count));
        }

        starts.Add(weights.Count);
        return (starts.ToImmutable(), [.. weights], [.. decays]);
    }

    private void Step(ReadOnlySpan<int> rows, float learningRate)
    {
        _samples.CopyTo(_plan, Precision.Float, _loss, rows, _batch);
        for (int p = 0; p < _parameters.Length; p++)
        {
            Slice(_weights, p).CopyTo(_plan.Initializer<float>(_parameters[p].Name));
        }

        _plan.Run();
        for (int p = 0; p < _parameters.Length; p++)
        {
            _plan.Output<float>(Gradients.NameOf(_parameters[p].Name)).CopyTo(Slice(_gradient, p));
        }

        _optimizer.Step(_weights, _gradient, _decays, learningRate);

        // A young average forgets faster, so that it never drags the random starting weights along.
        float keep = (float)Math.Min(_options.AverageDecay, (1.0 + _step) / (10.0 + _step));
        for (int i = 0; i < _average.Length; i++)
        {
            _average[i] = MathF.FusedMultiplyAdd(keep, _average[i] - _weights[i], _weights[i]);
        }
    }

    private void Judge()
    {
        for (int p = 0; p < _parameters.Length; p++)
        {
            Slice(_average, p).CopyTo(_scorer.Weights(_parameters[p].Name));
        }

        double loss = PointwiseLoss.Mean(_scorer.Score(_samples, _stopRows), _stopClasses);
        if (loss < _bestLoss)
        {
            _bestLoss = loss;
            _bestEpoch = _epoch;
            _average.CopyTo(_best, 0);
        }
    }

    private FitRecord Result()
    {
        var record = new FitRecord
        {
            ["best-epoch"] = [_bestEpoch],
            ["epochs"] = [_epoch],
            ["stop-loss"] = [_bestLoss],
        };
        for (int p = 0; p < _parameters.Length; p++)
        {
            record.SetFloats(_parameters[p].Name, Slice(_best, p));
        }

        return record;
    }

    private Span<float> Slice(float[] all, int parameter) => all.AsSpan(_starts[parameter].._starts[parameter + 1]);

    private void Save(BinaryWriter writer)
    {
        writer.Write(_epoch);
        writer.Write(_step);
        writer.Write(_bestEpoch);
        writer.Write(_bestLoss);
        FloatArrays.Write(writer, _weights);
        FloatArrays.Write(writer, _average);
        FloatArrays.Write(writer, _best);
        _optimizer.Save(writer);
    }

    private void Load(BinaryReader reader)
    {
        _epoch = reader.ReadInt32();
        _step = reader.ReadInt32();
        _bestEpoch = reader.ReadInt32();
        _bestLoss = reader.ReadDouble();
        FloatArrays.Read(reader, _weights);
        FloatArrays.Read(reader, _average);
        FloatArrays.Read(reader, _best);
        _optimizer.Load(reader);
    }
}
