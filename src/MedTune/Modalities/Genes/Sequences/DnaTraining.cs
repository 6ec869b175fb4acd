using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>The training of one network for each inner fold on the rows of the other folds, epoch by epoch; its state can be saved between them.</summary>
internal sealed class DnaTraining : IDisposable
{
    private const ulong NextNetwork = 0x9E3779B97F4A7C15;
    private const ulong ShuffleStream = 3UL << 48;
    private const float Averaging = 0.98f;
    private const double WarmUp = 0.1;

    private readonly GeneFitTask _task;
    private readonly DnaRecipe _recipe;
    private readonly Graph? _start;
    private readonly SequenceRows _tokens;
    private readonly List<Graph> _finished = [];
    private readonly float[] _outOfFold;
    private readonly int[] _places;
    private int[] _rows = [];
    private int _steps;
    private int _batch;
    private int _epoch;
    private NetworkTrainer? _trainer;

    /// <param name="task">Rows, folds and seed.</param>
    /// <param name="recipe">How.</param>
    /// <param name="start">A pretrained network, whose weights of the same name and shape are taken, other than those of its head; null to begin from nothing.</param>
    public DnaTraining(GeneFitTask task, DnaRecipe recipe, Graph? start)
    {
        (_task, _recipe, _start) = (task, recipe, start);
        _tokens = new SequenceRows(task.Data);
        _outOfFold = new float[task.Rows.Length * task.Data.Margins];
        _places = new int[task.Data.Rows];
        for (int i = 0; i < task.Rows.Length; i++)
        {
            _places[task.Rows[i]] = i;
        }
    }

    /// <summary>Whether every network is trained.</summary>
    public bool IsOver => _finished.Count == _task.Inner.Folds;

    /// <summary>The trained networks so far.</summary>
    public IReadOnlyList<Graph> Networks => _finished;

    /// <summary>Margins of the rows of the task, each by the network that has not seen it.</summary>
    public float[] OutOfFold => _outOfFold;

    /// <summary>Trains the current network for an epoch; after the last one it is finished, and the next one begins.</summary>
    public void Epoch()
    {
        Begin();
        int[] order = Order();
        var schedule = new CosineSchedule(_recipe.Rate, (int)(WarmUp * _steps * _recipe.Epochs), _steps * _recipe.Epochs);
        if (_epoch <= _recipe.HeadEpochs && _start is not null)
        {
            _trainer!.ChangeRates(Rates(_epoch < _recipe.HeadEpochs));
        }

        for (int step = 0; step < _steps; step++)
        {
            _task.Cancellation.ThrowIfCancellationRequested();
            Fill(order.AsSpan(step * _batch, _batch));
            _trainer!.Step(schedule.At((_epoch * _steps) + step));
        }

        _epoch++;
        int all = _recipe.Epochs * _task.Inner.Folds;
        _task.Progress?.Report(new TrainingProgress(
            "network", (_finished.Count * _recipe.Epochs) + _epoch, all, string.Create(CultureInfo.InvariantCulture, $"network {_finished.Count + 1} of {_task.Inner.Folds}, epoch {_epoch} of {_recipe.Epochs}")));
        if (_epoch == _recipe.Epochs)
        {
            Finish();
        }
    }

    /// <summary>Writes everything that the next epoch depends on.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_finished.Count);
        foreach (var network in _finished)
        {
            foreach (string name in DnaRecord.Names(network))
            {
                FloatArrays.Write(writer, ((Tensor<float>)network.Initializers[name]).Values);
            }
        }

        FloatArrays.Write(writer, _outOfFold);
        writer.Write(_epoch);
        if (_epoch > 0)
        {
            _trainer!.Save(writer);
        }
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote, in a training made with the same arguments.</summary>
    public void Load(BinaryReader reader)
    {
        _finished.Clear();
        var untrained = _recipe.Network(_task.Data, null).Graph;
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _finished.Add(untrained.WithInitializers(DnaRecord.Names(untrained).Select(name =>
            {
                var tensor = new Tensor<float>(untrained.Initializers[name].Shape);
                FloatArrays.Read(reader, tensor.Values);
                return KeyValuePair.Create(name, (Tensor)tensor);
            })));
        }

        FloatArrays.Read(reader, _outOfFold);
        _epoch = reader.ReadInt32();
        if (_epoch > 0)
        {
            Begin();
            _trainer!.Load(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _trainer?.Dispose();

    /// <summary>Sees to it that there is a trainer for the current network.</summary>
    private void Begin()
    {
        if (_trainer is not null)
        {
            return;
        }

        // Even steps: 65 sequences are two steps of 33 rather than one of 64 and one of 1.
        _rows = _task.Inner.TrainingRows(_finished.Count);
        _steps = (_rows.Length + _recipe.Batch - 1) / _recipe.Batch;
        _batch = (_rows.Length + _steps - 1) / _steps;
        ulong seed = unchecked(_task.Seed + (NextNetwork * (ulong)(_finished.Count + 1)));
        var network = _recipe.Network(_task.Data, seed);
        var options = new NetworkTrainingOptions
        {
            Optimizer = new AdamWOptions { WeightDecay = 0.02f },
            Rates = Rates(false),
            LargestGradient = 5,
            Averaging = Averaging,
        };
        var loss = Loss.For(_task.Data.ClassNames.Length);
        _trainer = new NetworkTrainer(Started(network.Graph), Architecture.Logits, loss, network.Parameters, _batch, options, _task.Pool) { Seed = seed };
    }

    private Graph Started(Graph network) => _start is null ? network : network.WithInitializers(network.Initializers
        .Where(pair => !pair.Key.StartsWith(DnaNetwork.Head, StringComparison.Ordinal) && pair.Value is Tensor<float>
            && _start.Initializers.GetValueOrDefault(pair.Key) is Tensor<float> own && own.Shape == pair.Value.Shape)
        .Select(pair => KeyValuePair.Create(pair.Key, _start.Initializers[pair.Key])));

    private static ImmutableArray<ParameterRate> Rates(bool headOnly) => headOnly
        ? [new("*", 0, 0), new("head.*"), new("head.*bias", 1, 0), new("head.*bn.weight", 1, 0)]
        : [new("*bias", 1, 0), new("*bn*", 1, 0)];

    /// <summary>Rows in the order of an epoch, and at its end as many of the first ones again as the last step lacks.</summary>
    private int[] Order()
    {
        int[] order = [.. _rows];
        new Philox(_task.Seed, RandomPurpose.Shuffling, ShuffleStream | ((ulong)(uint)_finished.Count << 32) | (uint)_epoch).Shuffle(order);
        return [.. order, .. order.Take((_steps * _batch) - order.Length)];
    }

    private void Fill(ReadOnlySpan<int> rows)
    {
        var tokens = _trainer!.Input<long>(_task.Data.InputName);
        int length = _task.Data.Length;
        bool isPair = _task.Data.Margins == 1;
        for (int i = 0; i < rows.Length; i++)
        {
            _recipe.Augmentation.Write(_tokens.Of(rows[i]), tokens.Slice(i * length, length), _task.Seed, (_finished.Count * _recipe.Epochs) + _epoch, rows[i]);
            if (isPair)
            {
                _trainer.Input<float>(Loss.TargetName)[i] = _task.Data.Classes[rows[i]];
            }
            else
            {
                _trainer.Input<long>(Loss.TargetName)[i] = _task.Data.Classes[rows[i]];
            }
        }
    }

    /// <summary>Takes the averaged weights and lets them judge the fold that was held out.</summary>
    private void Finish()
    {
        var network = _trainer!.AveragedResult();
        int width = _task.Data.Margins;
        int[] held = _task.Inner.TestRows(_finished.Count);
        float[] margins = SequenceScorer.Score(DnaEnsemble.Of(_task.Data, [network], _recipe.BothStrands), _tokens, held, _task.Pool, _task.Cancellation);
        for (int i = 0; i < held.Length; i++)
        {
            margins.AsSpan(i * width, width).CopyTo(_outOfFold.AsSpan(_places[held[i]] * width));
        }

        _finished.Add(network);
        _trainer.Dispose();
        (_trainer, _epoch) = (null, 0);
    }
}
