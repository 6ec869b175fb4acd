using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MedTune.Data.Images;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>A fine-tuning, epoch by epoch; its state can be saved between them.</summary>
internal sealed partial class FineTuningRun : IDisposable
{
    private readonly ImageBackbone _backbone;
    private readonly FineTuningOptions _options;
    private readonly PictureTargets _targets;
    private readonly int[] _trained;
    private readonly int[] _checkedPictures;
    private readonly ulong _seed;
    private readonly int _batch;
    private readonly int _steps;
    private readonly ImmutableArray<int> _counts;
    private readonly double[] _losses;
    private readonly LinearMargins _start;
    private readonly Func<int, PixelImage> _readTrained;
    private readonly TaskPool _pool;
    private readonly Graph _untrained;
    private readonly PictureResizer _resizer;
    private readonly CheckedPictures _checked;
    private readonly TrainingDynamics _dynamics;
    private readonly List<EpochFigures> _history = [];
    private TrainingStage? _stage;
    private Graph _best;
    private ImmutableArray<double> _classWeights;
    private Task<TrainingBatch>? _first;
    private int _bestEpoch;
    private readonly List<double> _seconds = [];
    private long _waited;
    private long _worked;

    public FineTuningRun(
        ImageBackbone backbone,
        LinearMargins start,
        Func<int, PixelImage> read,
        PictureTargets targets,
        int[] trained,
        int[] @checked,
        FineTuningOptions options,
        ulong seed,
        TaskPool pool,
        Func<int, PixelImage> readTrained)
    {
        (_backbone, _options, _targets, _trained, _checkedPictures, _seed) = (backbone, options, targets, trained, @checked, seed);

        // Even steps: 33 pictures are two steps of 17 rather than one of 32 and one of 1.
        _steps = (trained.Length + options.Batch - 1) / options.Batch;
        _batch = (trained.Length + _steps - 1) / _steps;
        _counts = targets.Counts(trained);
        (_start, _readTrained, _pool) = (start, readTrained, pool);
        _losses = new double[trained.Length];
        _dynamics = new TrainingDynamics(trained.Length);
        _untrained = _best = HeadedNetwork.Of(backbone, start, targets.Width);
        _resizer = new PictureResizer(backbone);
        _checked = new CheckedPictures(_resizer, read, @checked, pool);
    }

    /// <summary>Whether all epochs are done, or nothing got better for long.</summary>
    public bool IsOver => Done >= _options.Epochs || Done - _bestEpoch > _options.Patience;

    /// <summary>Epochs that are done.</summary>
    public int Done => Math.Max(0, _history.Count - 1);

    /// <summary>Trains for an epoch and checks the result; false where the loss is no number any more, and training cannot go on.</summary>
    public bool Epoch(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        int epoch = Done;
        Reach(epoch);
        _classWeights = _targets.Weights(_options, _counts, epoch);
        int[] order = Order(epoch);
        var next = _first ?? Begin(order, 0, epoch);
        if (_history.Count == 0)
        {
            Judge(_best, 0, cancellation);
        }

        var schedule = new CosineSchedule(_options.Rate, (int)(_options.WarmUp * _steps * _options.Epochs), _steps * _options.Epochs);
        if (_options.UnfreezingEpochs > 0)
        {
            _stage!.Begin(epoch);
        }

        double sum = 0;
        for (int step = 0; step < _steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            long before = Stopwatch.GetTimestamp();
            var batch = next.GetAwaiter().GetResult();
            _waited += Stopwatch.GetTimestamp() - before;
            if (step + 1 < _steps)
            {
                next = Begin(order, step + 1, epoch);
            }

            double loss = Step(batch, order.AsSpan(step * _batch), schedule.At((epoch * _steps) + step));
            if (!double.IsFinite(loss))
            {
                return false;
            }

            sum += loss;
            _worked += Stopwatch.GetTimestamp() - before;
            progress?.Report(new TrainingProgress("fine-tuning", (epoch * _steps) + step + 1, _steps * _options.Epochs, Detail(epoch)));
        }

        // The next epoch's first pictures are read while this one is judged.
        _first = epoch + 1 < _options.Epochs && HasSameSide(epoch, epoch + 1) ? Begin(Order(epoch + 1), 0, epoch + 1) : null;
        Judge(_stage!.Result(_untrained), sum / _steps, cancellation);
        _seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        return true;
    }

    /// <summary>The best epoch so far.</summary>
    public FineTunedNetwork Result() => new(
        HeadedNetwork.BackboneOf(_best, _backbone), HeadedNetwork.HeadOf(_best), Done, _bestEpoch, [.. _history], _dynamics)
    {
        WaitingShare = _worked == 0 ? 0 : (double)_waited / _worked,
        Seconds = [.. _seconds],
        IsLastPart = _stage?.Trainer.Split is not null,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _stage?.Dispose();
        _resizer.Dispose();
    }

    /// <summary>Sees to it that pictures are seen at the side of an epoch.</summary>
    private void Reach(int epoch)
    {
        int side = TrainingStage.SideOf(epoch, _backbone.Normalization.Height, _options);
        if (_stage is null || side != _stage.Backbone.Normalization.Height)
        {
            var next = new TrainingStage(
                side == _backbone.Normalization.Height ? _backbone : _backbone.AtSide(side), _start, _readTrained, _targets, _counts, _batch, _options, _seed, _pool);
            if (_stage is { } before)
            {
                next.GoOnFrom(before);
                before.Dispose();
            }

            _stage = next;
        }
    }

    /// <summary>Places among the trained pictures in the order of an epoch, and at its end as many of the first ones again as the last batch lacks.</summary>
    private int[] Order(int epoch)
    {
        int[] order;
        if (_options.PrefersHardExamples && epoch > 0)
        {
            order = HardExampleWeights.Draw(HardExampleWeights.ByLoss(_losses, Triage()), _seed, epoch);
        }
        else
        {
            order = [.. Enumerable.Range(0, _trained.Length)];
            new Philox(_seed, RandomPurpose.Shuffling, (2UL << 48) | (uint)epoch).Shuffle(order);
        }

        return [.. order, .. order.Take((_steps * _batch) - order.Length)];
    }

    private ImmutableArray<HardExample> Triage() =>
    [
        .. Enumerable.Range(0, _trained.Length).Select(i =>
            new HardExample(i, _dynamics.Of(i) is { Epochs: > 0, Correctness: 0 } ? HardExampleKind.Mislabelled : HardExampleKind.Easy, 0, _targets.ClassOf(_trained[i]))),
    ];

    private Task<TrainingBatch> Begin(int[] order, int step, int epoch) =>
        _stage!.Trainer.Begin([.. order.Skip(step * _batch).Take(_batch).Select(place => _trained[place])], epoch);

    private bool HasSameSide(int one, int other) =>
        TrainingStage.SideOf(one, _backbone.Normalization.Height, _options) == TrainingStage.SideOf(other, _backbone.Normalization.Height, _options);

    private double Step(TrainingBatch batch, ReadOnlySpan<int> places, float rate)
    {
        var trainer = _stage!.Trainer;
        int width = _targets.Width;
        var targets = new float[_batch * width];
        for (int i = 0; i < _batch; i++)
        {
            _targets.Write(targets.AsSpan(i * width, width), batch.Samples[i], _options.Smoothing, _classWeights);
        }

        var mixed = trainer.Targets;
        targets.CopyTo(mixed);
        for (int i = 0; i < _batch; i++)
        {
            if (batch.Mixed[i].Share < 1)
            {
                SoftTargets.Mix(mixed.Slice(i * width, width), targets.AsSpan(batch.Mixed[i].Other * width, width), batch.Mixed[i].Share);
            }
        }

        double loss = trainer.Step(batch, rate);
        if (double.IsFinite(loss))
        {
            Record(batch, places);
        }

        return loss;
    }

    private void Record(TrainingBatch batch, ReadOnlySpan<int> places)
    {
        // Two classes have the scores 0 and their margin.
        var scores = _stage!.Trainer.Scores;
        int each = scores.Length / _batch, width = _start.Count;
        for (int i = 0; i < _batch; i++)
        {
            if (batch.Mixed[i].Share == 1)
            {
                var margins = scores.Slice((i * each) + each - width, width);
                _targets.Record(_dynamics, places[i], margins, batch.Samples[i]);
                _losses[places[i]] = _targets.LossOf(margins, batch.Samples[i]);
            }
        }
    }

    private void Judge(Graph network, double trainedLoss, CancellationToken cancellation)
    {
        float[] margins = _checked.Margins(network, HeadedNetwork.Margins, _stage!.Trainer.Split, cancellation);
        double loss = margins.All(float.IsFinite) ? _targets.CalibratedLoss(margins, _checkedPictures) : double.PositiveInfinity;
        if (_history.Count == 0 || loss < _history[_bestEpoch].CheckedLoss)
        {
            (_best, _bestEpoch) = (network, _history.Count);
        }

        _history.Add(new EpochFigures(_history.Count, trainedLoss, loss, _targets.Accuracy(margins, _checkedPictures)));
    }

    private string Detail(int epoch)
    {
        var last = _history[^1];
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1} of {_options.Epochs}; loss on checked pictures {last.CheckedLoss:0.000} (at the start {_history[0].CheckedLoss:0.000})");
    }
}
